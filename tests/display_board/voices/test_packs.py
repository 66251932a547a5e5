"""Packs on disk and as a file to share: never half written, never trusted."""

from __future__ import annotations

import array
import io
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.voices import archive
from display_board.voices.loudness import levelled, loudness
from display_board.voices.packs import Pack, PackError, PackFolder, clip_for, from_json, to_json
from display_board.voices.sound import RATE
from display_board.voices.wav import parse_clip
from tests.display_board.voices.sounds import word

WORD = levelled(word(0.3, RATE), RATE)


def put(shelf: PackFolder, language: str, key: str, samples: array.array[int] = WORD, speaker: str = "Hoa") -> None:
    with shelf.changing(language) as change:
        change.put(key, *clip_for(key, samples, "recorded", "bảy", speaker, "CC0"))


@pytest.fixture
def shelf(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "voices")


def test_a_clip_is_read_as_it_was_kept(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    clip = shelf.pack("hre").clips["digit.7"]
    assert parse_clip(shelf.read("hre", clip)) == WORD
    assert (clip.milliseconds, clip.speaker, clip.licence, shelf.languages()) == (300, "Hoa", "CC0", ["hre"])


def test_recording_again_replaces_the_clip_and_leaves_no_file_behind(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    before = shelf.mark()
    put(shelf, "hre", "digit.7", WORD[: RATE // 5])
    files = {path.name for path in (shelf.folder / "hre").iterdir()}
    assert files == {"manifest.json", shelf.pack("hre").clips["digit.7"].file}
    assert shelf.mark() != before


def test_a_reader_never_meets_half_a_change(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    broken: list[PackError] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            pack = shelf.pack("hre")
            try:
                shelf.read("hre", pack.clips["digit.7"])
            except PackError as error:
                if shelf.pack("hre") == pack:  # the clip of a manifest that still stands must be there
                    broken.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for length in range(40):
        put(shelf, "hre", "digit.7", WORD[: 3000 + length])
    done.set()
    reader.join()
    assert broken == []


def test_two_officers_may_record_at_once(shelf: PackFolder) -> None:
    threads = [threading.Thread(target=put, args=(shelf, "hre", f"digit.{n}")) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shelf.pack("hre").clips) == 10


def test_a_failed_change_changes_nothing(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    before = shelf.mark()
    with pytest.raises(PackError), shelf.changing("hre") as change:
        change.drop("digit.7")
        change.put("../escape", *clip_for("digit.1", WORD, "recorded", "", "", ""))
    assert shelf.mark() == before


@pytest.mark.parametrize("language", ["", "..", "HRE", "vi/../..", "toolong"])
def test_only_codes_of_languages_become_folders(shelf: PackFolder, language: str) -> None:
    with pytest.raises(PackError):
        put(shelf, language, "digit.7")


def test_a_damaged_clip_is_noticed(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    clip = shelf.pack("hre").clips["digit.7"]
    (shelf.folder / "hre" / clip.file).write_bytes(b"RIFF")
    with pytest.raises(PackError, match="damaged"):
        shelf.read("hre", clip)


def with_phrases(value: object) -> str:
    return json.dumps({"format": 1, "language": "vi", "speaker": "", "licence": "", "phrases": value})


ANY_VALUE = st.recursive(st.none() | st.text(max_size=9) | st.integers(), st.lists, max_leaves=5)


@given(st.text(max_size=200) | ANY_VALUE.map(with_phrases))
@settings(max_examples=150)
def test_any_other_text_is_no_manifest(text: str) -> None:
    with pytest.raises(PackError):
        from_json(text)


def test_a_manifest_is_read_as_it_was_written(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    pack = shelf.pack("hre")
    assert from_json(to_json(pack)) == pack
    assert from_json(to_json(Pack("vi", "Hoa", "CC0"))) == Pack("vi", "Hoa", "CC0")


# --- as one file


def exported(shelf: PackFolder) -> bytes:
    put(shelf, "hre", "digit.7")
    put(shelf, "hre", "digit.8", WORD[:4000], "Trà")
    return archive.export(shelf, "hre")


def test_a_pack_goes_to_another_commune_with_its_licence(shelf: PackFolder, tmp_path: Path) -> None:
    data = exported(shelf)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.read("LICENCE.txt").decode() == "Hoa: CC0\nTrà: CC0\n"
    there = PackFolder(tmp_path / "there")
    put(there, "hre", "digit.7", WORD[:5000], "Lan")
    put(there, "hre", "digit.1", WORD[:5000], "Lan")
    pack = archive.install(there, data)
    assert {key: clip.speaker for key, clip in pack.clips.items()} == {
        "digit.1": "Lan",
        "digit.7": "Hoa",
        "digit.8": "Trà",
    }
    assert parse_clip(there.read("hre", pack.clips["digit.7"])) == WORD
    kept = archive.unpack((there.folder / "hre-before-import.zip").read_bytes())[0]
    assert {clip.speaker for clip in kept.clips.values()} == {"Lan"}


def test_the_same_pack_always_makes_the_same_file(shelf: PackFolder) -> None:
    assert exported(shelf) == archive.export(shelf, "hre")


def test_a_pack_that_is_too_quiet_is_made_as_loud_as_the_others(shelf: PackFolder, tmp_path: Path) -> None:
    put(shelf, "hre", "digit.7", array.array("h", [sample // 6 for sample in WORD]))
    pack = archive.install(PackFolder(tmp_path / "there"), archive.export(shelf, "hre"))
    data = PackFolder(tmp_path / "there").read("hre", pack.clips["digit.7"])
    assert loudness(parse_clip(data), RATE) == pytest.approx(-20, abs=0.1)


def test_an_empty_pack_cannot_be_exported(shelf: PackFolder) -> None:
    with pytest.raises(PackError, match="no voice pack"):
        archive.export(shelf, "hre")


Entries = dict[str, bytes]


def _manifest(entries: Entries, change: Callable[[dict[str, Any]], object]) -> None:
    plain = json.loads(entries["manifest.json"])
    change(plain)
    entries["manifest.json"] = json.dumps(plain).encode()


def _first(plain: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = plain["phrases"]["digit.7"]
    return row


FORGERIES: dict[str, Callable[[Entries], object]] = {
    "climbs out of the folder": lambda e: e.update({"../../etc/cron.d/x": b"x"}),
    "an absolute name": lambda e: e.update({"/etc/passwd": b"x"}),
    "a name of another system": lambda e: e.update({"..\\x.wav": b"x"}),
    "a hidden file": lambda e: e.update({".profile": b"x"}),
    "a file nobody named": lambda e: e.update({"extra.wav": b"x"}),
    "no manifest": lambda e: e.pop("manifest.json"),
    "another format": lambda e: _manifest(e, lambda m: m.update(format=2)),
    "a clip is missing": lambda e: e.pop(next(name for name in e if name.endswith(".wav"))),
    "a manifest that climbs": lambda e: _manifest(e, lambda m: _first(m).update(file="../x.wav")),
    "another clip than described": lambda e: e.update({next(n for n in e if n.startswith("digit-7")): b"RIFFxxxx"}),
    "no licence": lambda e: _manifest(e, lambda m: _first(m).update(licence=" ")),
    "no speaker": lambda e: _manifest(e, lambda m: _first(m).update(speaker="")),
    "no phrases": lambda e: _manifest(e, lambda m: m.update(phrases={})),
    "a language that climbs": lambda e: _manifest(e, lambda m: m.update(language="../vi")),
    "a strange phrase": lambda e: _manifest(e, lambda m: m["phrases"].update({"x/y": _first(m)})),
    "a bomb": lambda e: e.update({"LICENCE.txt": bytes(120 * 1024 * 1024)}),
    "too many files": lambda e: e.update({f"a{n}.wav": b"" for n in range(1600)}),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_file_that_is_not_an_honest_pack_changes_nothing(shelf: PackFolder, tmp_path: Path, how: str) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(shelf))) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    FORGERIES[how](entries)
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    there = PackFolder(tmp_path / "there")
    with pytest.raises(PackError):
        archive.install(there, forged.getvalue())
    assert not list(tmp_path.glob("there/**/*.wav"))


def test_a_clip_that_is_no_sound_of_ours_is_refused(shelf: PackFolder, tmp_path: Path) -> None:
    put(shelf, "hre", "digit.7", array.array("h", bytes(2 * RATE)))
    with pytest.raises(PackError, match="silent"):
        archive.install(PackFolder(tmp_path / "there"), archive.export(shelf, "hre"))


@given(st.binary(max_size=300), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_bytes_of_any_kind_are_refused_and_never_crash(noise: bytes, at: int) -> None:
    with pytest.raises(PackError):
        archive.unpack(noise)


def test_a_file_that_lost_bytes_is_refused(shelf: PackFolder) -> None:
    data = exported(shelf)
    for at in range(0, len(data), max(1, len(data) // 40)):
        with pytest.raises(PackError):
            archive.unpack(data[:at] + data[at + 7 :])


def test_a_file_beyond_the_limit_is_not_even_opened() -> None:
    with pytest.raises(PackError, match="bytes"):
        archive.unpack(bytes(archive.MOST_BYTES + 1))


def damaged(shelf: PackFolder, how: str) -> None:
    place = shelf.folder / "hre"
    if how == "a broken manifest":
        (place / "manifest.json").write_text('{"format": 1, "lang', encoding="utf-8")
    else:
        (place / shelf.pack("hre").clips["digit.7"].file).unlink()


@pytest.mark.parametrize("how", ["a broken manifest", "a clip that is gone"])
def test_a_damaged_pack_is_made_whole_by_importing_it_again(shelf: PackFolder, tmp_path: Path, how: str) -> None:
    put(shelf, "hre", "digit.7")
    saved = archive.export(shelf, "hre")
    damaged(shelf, how)
    archive.install(shelf, saved)
    assert archive.export(shelf, "hre") == saved
    assert shelf.languages() == ["hre"]


def test_what_people_recorded_under_a_broken_manifest_is_put_aside_not_thrown_away(shelf: PackFolder) -> None:
    put(shelf, "hre", "digit.7")
    recorded = shelf.pack("hre").clips["digit.7"].file
    for _ in range(2):
        damaged(shelf, "a broken manifest")
        put(shelf, "hre", "digit.8")
        assert list(shelf.pack("hre").clips) == ["digit.8"] and shelf.languages() == ["hre"]
        aside = {path.name for path in (shelf.folder / "hre-broken").iterdir()}
        assert aside == {recorded, "manifest.json.broken"}
        recorded = shelf.pack("hre").clips["digit.8"].file
