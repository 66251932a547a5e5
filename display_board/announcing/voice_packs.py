"""The packs of the service on this board: what they hold is asked for over HTTP, clips are kept on disk.

A clip is named by the hash of its content, so it is fetched once and never goes stale. Without the service the board
speaks with what it has.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import field
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract.records import dataclass
from display_board.service_client import NOT_MODIFIED, ConnectService, ServiceUnavailable
from display_board.voices.packs import DIGEST
from display_board.voices.settings import Settings, from_plain

ASK_S = 1.5
FETCH_S = 4.0
MAX_BYTES = 400 * 1024
VOICES = "/api/v1/voices"
KEPT_CLIPS = 1500
REMEMBERED = "voices.json"
log = logging.getLogger("display_board.announcing.voice")


@dataclass(frozen=True, slots=True)
class Published:
    """`clips`: language to phrase to the hash of its clip."""

    settings: Settings = field(default_factory=Settings)
    clips: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def digest(self, language: str, key: str) -> str | None:
        return self.clips.get(language, {}).get(key)


def published(plain: Mapping[str, Any]) -> Published:
    """Raises KeyError, TypeError, AttributeError or ValueError for another answer."""
    clips = {str(pack["language"]): _digests(pack["clips"]) for pack in plain["packs"]}
    return Published(from_plain(plain["settings"]), clips)


def _digests(clips: Mapping[str, str]) -> dict[str, str]:
    return {str(key): digest for key, digest in clips.items() if DIGEST.fullmatch(digest)}


class VoicePackClient:
    """`now_ms` is this machine's wall clock; `ahead_ms` how far the service's is ahead of it."""

    def __init__(self, connect: ConnectService, folder: Path, now_ms: Callable[[], int]) -> None:
        self._folder = folder
        self._now_ms = now_ms
        self._service, self._clips = connect(ASK_S), connect(FETCH_S)
        self._etag = ""
        self._lost = False
        self.ahead_ms = 0
        self.known = self._remembered()

    def refresh(self) -> bool:
        """Ask whether anything changed; whether the service answered."""
        headers = {"If-None-Match": self._etag} if self._etag else {}
        try:
            response = self._service.get(VOICES, headers)
            self._note_date(response.headers.get("Date"))
            if response.status != NOT_MODIFIED:
                self.known = published(json.loads(response.body))
                self._etag = response.headers.get("ETag", "")
                self._write(REMEMBERED, response.body)
        except (ServiceUnavailable, OSError, KeyError, TypeError, AttributeError, ValueError) as error:
            log.info("the voices stay as they were: %s", error)
            self._lost = True
            return False
        self._lost = False
        return True

    def clip(self, digest: str) -> bytes | None:
        """The file of a clip, from disk or from the service; None when neither has it.

        A service that failed is not asked again before the next `refresh`, so that one call waits for it only once.
        """
        path = self._folder / f"{digest}.wav"
        try:
            data = path.read_bytes()
            if sha256(data).hexdigest() == digest:
                return data
        except OSError:
            pass
        return None if self._lost else self._fetch(digest)

    def forget_unused(self) -> None:
        """Clips that no pack names any more go when there are many."""
        named = {digest for keys in self.known.clips.values() for digest in keys.values()}
        kept = sorted(self._folder.glob("*.wav"))
        if len(kept) > KEPT_CLIPS:
            for path in kept:
                if path.stem not in named:
                    path.unlink(missing_ok=True)

    def _fetch(self, digest: str) -> bytes | None:
        try:
            data = self._clips.get(f"{VOICES}/clips/{digest}").body
            if len(data) > MAX_BYTES or sha256(data).hexdigest() != digest:
                raise ValueError(f"another clip came instead of {digest}")
            self._write(f"{digest}.wav", data)
        except (ServiceUnavailable, OSError, ValueError) as error:
            log.warning("a clip did not come: %s", error)
            self._lost = not (isinstance(error, ServiceUnavailable) and error.status)
            return None
        return data

    def _remembered(self) -> Published:
        try:
            return published(json.loads((self._folder / REMEMBERED).read_text(encoding="utf-8")))
        except (OSError, KeyError, TypeError, AttributeError, ValueError):
            return Published()

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f".{name}.new"
        fresh.write_bytes(data)
        fresh.replace(self._folder / name)

    def _note_date(self, text: str | None) -> None:
        if text:
            self.ahead_ms = round(parsedate_to_datetime(text).timestamp() * 1000) - self._now_ms()
