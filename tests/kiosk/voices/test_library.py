"""What the service does for voices, without the web."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from config.loading import ConfigurationError
from config.schema import Configuration
from kiosk.domain.errors import NotFound, RecordingRefused, TooMany
from kiosk.voices import library
from kiosk.voices.library import VoiceLibrary, languages_of, manner_of, settings_of
from kiosk.voices.problems import problems
from tests.display_board.voices.sounds import recording
from tests.office import sample_configuration


def configuration(tmp_path: Path, **changes: Any) -> Configuration:
    found = sample_configuration(f"sqlite:///{tmp_path / 'x.db'}")
    return found.model_copy(update={"voice": found.voice.model_copy(update=changes)})


@pytest.fixture
def found(tmp_path: Path) -> VoiceLibrary:
    made = VoiceLibrary(tmp_path / "voices", configuration(tmp_path))
    made.sign("hre", "Hoa", "CC0")
    return made


def test_the_office_speaks_as_it_is_configured(tmp_path: Path) -> None:
    chosen = configuration(tmp_path, numbers="whole", odd="linh", volume=55, languages=["hre", "vi", "hre"])
    manner = manner_of(chosen)
    assert (manner.whole, manner.odd, manner.folk) == (True, "linh", "bà con")
    assert (manner.letters, manner.counters) == (tuple("ACHKR"), tuple("12345"))
    assert settings_of(chosen).languages == ("hre", "vi")
    assert languages_of(chosen) == ("hre", "vi", "en")
    assert languages_of(configuration(tmp_path, ticket_language=False)) == ("vi", "hre")


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("MOTCUA__VOICE__VOLUME", "101", "voice.volume"),
        ("MOTCUA__VOICE__LANGUAGES", "[]", "voice.languages"),
        ("MOTCUA__VOICE__LANGUAGES", '["../x"]', "voice.languages[0]"),
        ("MOTCUA__VOICE__NUMBERS", "some", "voice.numbers"),
        ("MOTCUA__VOICE__HOURS", '[{"from": "25:00", "volume": 5}]', "voice.hours[0].from"),
    ],
)
def test_a_wrong_wish_for_the_voice_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: str, place: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(ConfigurationError) as caught:
        configuration(tmp_path)
    assert [problem.place for problem in caught.value.problems] == [place]


def test_boards_that_ask_again_do_not_make_the_service_read_again(
    found: VoiceLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag, text = found.published()
    monkeypatch.setattr(VoiceLibrary, "_packs", lambda _: pytest.fail("the packs were read again"))
    assert found.published() == (etag, text)


def test_one_recording_is_worked_on_at_a_time(found: VoiceLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "WAITING_S", 0.05)
    with found._working, pytest.raises(TooMany, match="in a moment"):
        found.record("hre", "digit.7", recording())
    assert found.record("hre", "digit.7", recording()).milliseconds > 500


def test_several_officers_may_send_recordings_at_once(found: VoiceLibrary) -> None:
    keys = [f"digit.{n}" for n in range(4)]
    takes = [recording(pitch=110.0 * 2**n) for n in range(len(keys))]  # as different as words are
    threads = [threading.Thread(target=found.record, args=("hre", *one)) for one in zip(keys, takes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorded = {phrase.key for phrase in found.studio("hre").phrases if phrase.clip}
    assert recorded == set(keys)


def test_work_that_never_ends_is_ended(found: VoiceLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "WORK_S", 0.001)
    with pytest.raises(RecordingRefused) as caught:
        found.record("hre", "digit.7", recording())
    assert caught.value.facts == {"reason": "too-long"}
    assert not found._working.locked()


def test_work_that_breaks_is_an_error_of_ours_and_not_of_the_officer(
    found: VoiceLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(RuntimeError, match="work on sound failed"):
        found.record("hre", "digit.7", recording())
    assert not found._working.locked()


def test_a_pack_of_a_language_the_office_does_not_speak_is_still_shown(found: VoiceLibrary, tmp_path: Path) -> None:
    other = VoiceLibrary(tmp_path / "other", configuration(tmp_path, languages=["bdq"]))
    other.sign("bdq", "Brei", "CC0")
    other.record("bdq", "digit.7", recording())
    found.install(other.export("bdq"))
    assert [row.language for row in found.languages()] == ["vi", "hre", "en", "bdq"]
    with pytest.raises(NotFound):
        found.studio("xyz")


def test_a_damaged_clip_is_not_given_to_boards_and_told_to_the_technician(found: VoiceLibrary, tmp_path: Path) -> None:
    made = found.record("hre", "digit.7", recording())
    (clip,) = (tmp_path / "voices" / "hre").glob("*.wav")
    clip.write_bytes(b"RIFF of another file")
    with pytest.raises(NotFound, match="damaged"):
        found.clip(made.sha256)
    told = problems(tmp_path / "voices", configuration(tmp_path))
    assert any("hre" in line and "damaged" in line for line in told)


def test_a_take_that_was_exchanged_is_refused_and_says_for_which(found: VoiceLibrary) -> None:
    found.record("hre", "digit.6", recording(pitch=220))
    with pytest.raises(RecordingRefused) as caught:
        found.record("hre", "digit.7", recording(pitch=220))
    assert caught.value.facts == {"reason": "another", "other": "sáu"}
    assert found.record("hre", "digit.6", recording(pitch=220)).milliseconds > 500, "the same phrase may be said anew"
