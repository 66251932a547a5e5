"""From a recording to the loudspeaker: the whole product, and what SDL wrote down of its sound."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from display_board.voices.sound import chime
from tests.bench.programs import ROOT
from tests.display_board.voices.sounds import recording
from tests.e2e.demo import Demo, until

MS_A_BUFFER = "10"  # of 46 ms sound: the hall hears 4.6 times as fast
VOICES = "/api/v1/admin/voices/hre"


def send(demo: Demo, method: str, path: str, token: str, body: bytes | None = None) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(demo.address + path, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def send_json(demo: Demo, method: str, path: str, token: str, body: Any) -> Any:
    return json.loads(send(demo, method, path, token, json.dumps(body).encode()) or b"null")


def record(demo: Demo, key: str, seconds: float) -> bytes:
    """The samples of the clip that an officer's recording of a phrase becomes."""
    made = json.loads(send(demo, "PUT", f"{VOICES}/phrases/{key}", demo.admin_token, recording(seconds)))
    return send(demo, "GET", f"/api/v1/voices/clips/{made['sha256']}", demo.admin_token)[44:]


def test_what_an_officer_records_is_heard_in_the_hall_without_a_restart(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "demo")
    sound = tmp_path / "hall.raw"
    kiosk, counter = (
        demo.motcua("token", "create", "--role", role, "--name", role).strip() for role in ("kiosk", "counter")
    )
    audio = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(sound), "SDL_DISKAUDIODELAY": MS_A_BUFFER}
    board = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "board", "--headless"], env={**demo.environment(), **audio}, cwd=ROOT
    )

    def heard(samples: bytes) -> int:
        return sound.read_bytes().count(samples) if sound.exists() else 0

    def call() -> None:
        send_json(demo, "POST", "/api/v1/tickets", kiosk, {"service": "HT", "language": "hre"})
        send_json(demo, "POST", "/api/v1/counters/1/call-next", counter, {"finish_current": "complete"})

    try:
        until("the TV", lambda: json.loads(send(demo, "GET", "/api/v1/followers", demo.admin_token))["followers"])
        send_json(demo, "PUT", VOICES, demo.admin_token, {"speaker": "chị Hoa", "licence": "CC0"})
        call()
        until("the first chime", lambda: heard(chime(False).tobytes()) == 1)
        invite = record(demo, "invite", 0.7)
        assert heard(invite) == 0
        call()
        until("the recorded phrase, twice", lambda: heard(invite) == 2)
        again = record(demo, "invite", 0.4)
        call()
        until("the phrase recorded anew, twice", lambda: heard(again) == 2)
        assert heard(invite) == 2 and heard(chime(False).tobytes()) == 3
        assert board.poll() is None, "the board was never restarted"
    finally:
        board.terminate()
        board.wait(20)
        demo.stop()


def test_a_pack_made_at_one_office_speaks_at_another(tmp_path: Path) -> None:
    here, there = Demo(tmp_path / "here"), Demo(tmp_path / "there")
    try:
        send_json(here, "PUT", VOICES, here.admin_token, {"speaker": "chị Hoa", "licence": "CC BY 4.0"})
        record(here, "digit.7", 0.5)
        here.motcua("voice", "export", "hre", "--to", str(tmp_path / "hre.zip"))
        said = there.motcua("voice", "import", str(tmp_path / "hre.zip"))
        assert said == "hre: 1 câu, giọng chị Hoa (CC BY 4.0)\n"
        told = [json.loads(send(demo, "GET", "/api/v1/voices", demo.admin_token))["packs"] for demo in (here, there)]
        assert told[0] == told[1]
    finally:
        here.stop()
        there.stop()


@pytest.mark.soak
def test_the_demonstration_makes_a_voice_beside_the_running_office(tmp_path: Path) -> None:
    """It is ready before there is a voice, and its pages speak soon after."""
    demo = Demo(tmp_path / "demo", speaks=True)

    def spoken() -> Any:
        with urllib.request.urlopen(f"{demo.address}/api/v1/voices/prompts/kiosk", timeout=10) as answer:
            return json.load(answer)["clips"].get("vi", {})

    try:
        assert "pages speak in about a minute" in demo.welcome
        assert not spoken()
        until("the pages' first sentence, after the rounds of the calls", lambda: "start.take" in spoken(), 180.0)
    finally:
        demo.stop()
