"""A board on another machine and the voices of the service: asked for, fetched once, kept for bad days."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from display_board.announcing.voice_packs import Published, VoicePackClient
from display_board.voices.settings import Settings, to_plain
from kiosk.commands.service_client import board_clients
from tests.display_board.hall import NOW, OFFICE, Shelfless

SETTINGS = Settings(manner=OFFICE, languages=("vi", "hre"))


class Service(ThreadingHTTPServer):
    """Answers `GET /api/v1/voices` and its clips as the service does, or as a broken one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.packs = Shelfless(SETTINGS, {"vi": ("digit.1", "digit.2")})
        self.asked: list[str] = []
        self.body: bytes | None = None
        self.spoilt = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def told(self) -> bytes:
        packs = [{"language": name, "clips": clips} for name, clips in self.packs.clips.items()]
        return json.dumps({"settings": to_plain(SETTINGS), "packs": packs}).encode()


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = self.path.removeprefix("/api/v1/voices")
        if self.headers["Authorization"] != "Bearer secret":
            return self.send_error(401)
        if not path:
            body = self.server.told() if self.server.body is None else self.server.body
            etag = f'"{hash(body)}"'
            if self.headers["If-None-Match"] == etag:
                return self._send(304, b"", etag)
            return self._send(200, body, etag)
        clip = self.server.packs.files.get(path.removeprefix("/clips/"))
        if clip is None:
            return self.send_error(404)
        return self._send(200, clip[:-2] if self.server.spoilt else clip, "")

    def _send(self, status: int, body: bytes, etag: str) -> None:
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def line(service: Service, folder: Path, token: str = "secret") -> VoicePackClient:
    return VoicePackClient(board_clients(service.address, token), folder, lambda: NOW)


def test_a_clip_is_fetched_once_and_then_kept(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path)
    assert board.refresh() and board.known.settings == SETTINGS
    digest = board.known.digest("vi", "digit.1")
    assert digest and board.clip(digest) == board.clip(digest) == service.packs.files[digest]
    assert service.asked == ["/api/v1/voices", f"/api/v1/voices/clips/{digest}"]


def test_nothing_is_sent_again_while_nothing_changed(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path)
    board.refresh()
    known = board.known
    assert board.refresh() and board.known is known
    service.packs.put("vi", "digit.2", turn=1)
    assert board.refresh() and board.known is not known


def test_after_a_restart_without_the_service_the_board_speaks_with_what_it_has(
    service: Service, tmp_path: Path
) -> None:
    board = line(service, tmp_path)
    board.refresh()
    digest = board.known.digest("vi", "digit.1") or ""
    clip = board.clip(digest)
    again = VoicePackClient(board_clients("http://127.0.0.1:9", "secret"), tmp_path, lambda: NOW)
    assert again.known == board.known
    assert not again.refresh() and again.clip(digest) == clip
    assert again.clip(board.known.digest("vi", "digit.2") or "") is None


def test_a_service_that_failed_is_asked_once_a_call_and_not_once_a_clip(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path)
    service.server_close()
    service.shutdown()
    assert not board.refresh()
    asked = len(service.asked)
    assert [board.clip("0" * 64) for _ in range(9)] == [None] * 9
    assert len(service.asked) == asked


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"settings": {}, "packs": []}', b"\xff\xfe"])
def test_an_answer_that_is_no_voices_changes_nothing(service: Service, tmp_path: Path, body: bytes) -> None:
    board = line(service, tmp_path)
    board.refresh()
    known = board.known
    service.body = body
    assert not board.refresh() and board.known is known


def test_a_clip_that_came_damaged_is_not_kept(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path)
    board.refresh()
    digest = board.known.digest("vi", "digit.1") or ""
    service.spoilt = True
    assert board.clip(digest) is None
    service.spoilt = False
    assert board.refresh() and board.clip(digest) == service.packs.files[digest]
    (tmp_path / f"{digest}.wav").write_bytes(b"RIFF")
    assert board.clip(digest) == service.packs.files[digest]


def test_a_board_without_a_good_token_has_no_voices(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path, "wrong")
    assert not board.refresh() and board.known == Published()


def test_volume_follows_the_clock_of_the_service(service: Service, tmp_path: Path) -> None:
    board = line(service, tmp_path)
    board.refresh()
    assert board.ahead_ms > 365 * 24 * 3600_000  # this board believes it is 2024


def test_clips_nobody_names_go_when_there_are_many(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = line(service, tmp_path)
    board.refresh()
    digest = board.known.digest("vi", "digit.1") or ""
    board.clip(digest)
    (tmp_path / "old.wav").write_bytes(b"")
    board.forget_unused()
    assert (tmp_path / "old.wav").exists()
    monkeypatch.setattr("display_board.announcing.voice_packs.KEPT_CLIPS", 1)
    board.forget_unused()
    assert [path.stem for path in tmp_path.glob("*.wav")] == [digest]
