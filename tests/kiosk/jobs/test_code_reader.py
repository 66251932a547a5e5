"""Codes in pictures, read by a real child process."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageFilter

from kiosk.jobs import code_reader
from kiosk.jobs.code_reader import ChildCodeReader, CodeRead, ReaderBusy, ReaderFailed

CODE = "000.00.53.H48-240414-0001"
ADDRESS = "https://mc-bavi.vn/t/7Qm3xKp2vR9s"
CARD = "051234567890|212345678|Phạm Văn Thử|01021948|Nam|thôn Nước Như, Ba Vì, Ba Tơ, Quảng Ngãi|15042021"
SIZE = (640, 480)
EMPTY = bytes(640 * 480)


def picture(text: str, side: int = 180, turned: float = 0, blurred: float = 0) -> bytes:
    """A square code of `side` dots on grey, as a camera of this resolution sees it."""
    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(file, kind="png", scale=8)
    square = Image.open(file).convert("L").resize((side, side)).rotate(turned, fillcolor=150)
    whole = Image.new("L", SIZE, 150)
    whole.paste(square, (210, 140))
    return whole.filter(ImageFilter.GaussianBlur(blurred)).tobytes()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child starts as slowly as the machine is loaded."""
    monkeypatch.setattr(code_reader, "MOST_S", 60.0)


@pytest.fixture
def reader() -> Iterator[ChildCodeReader]:
    opened = ChildCodeReader()
    yield opened
    opened.stop()


@pytest.mark.parametrize(("turned", "blurred"), [(0, 0), (20, 0), (90, 1), (180, 1)])
@pytest.mark.parametrize("text", [CODE, ADDRESS])
def test_a_code_is_read_as_it_is_held(reader: ChildCodeReader, text: str, turned: float, blurred: float) -> None:
    assert reader.read(picture(text, turned=turned, blurred=blurred)) == CodeRead(text, True)


def test_where_there_is_no_code_there_is_no_answer_and_the_next_picture_is_read(reader: ChildCodeReader) -> None:
    noise = random.Random(1).randbytes(640 * 480)
    assert [reader.read(EMPTY), reader.read(noise)] == [CodeRead(None, False)] * 2
    assert reader.read(picture(CODE)) == CodeRead(CODE, True)


def test_a_card_of_a_person_is_not_handed_on(reader: ChildCodeReader) -> None:
    assert reader.read(picture(CARD, side=300)) == CodeRead(None, True)
    other = CARD.replace("|", "/")
    assert reader.read(picture(other, side=300)).text == other, "only a card's form is"


def test_nothing_of_a_code_stays_in_memory_behind_its_answer(reader: ChildCodeReader) -> None:
    """A library that frees what it read does not wipe it: its process ends with the answer, whatever was read."""
    for text in (CODE, CARD):
        reader.read(EMPTY)
        child = reader._child
        assert child is not None and child.poll() is None
        reader.read(picture(text, side=300))
        assert child.poll() is not None and reader._child is None


def test_one_child_reads_all_pictures_without_a_code_and_ends_when_nothing_comes(
    reader: ChildCodeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.read(EMPTY)
    child = reader._child
    reader.read(EMPTY)
    assert child is not None and reader._child is child
    monkeypatch.setattr(code_reader, "IDLE_S", 0.01)
    reader.read(EMPTY)
    assert child.wait(15) < 0
    assert reader.read(picture(CODE)).text == CODE, "the next citizen's picture starts another"


def test_a_picture_of_another_size_is_refused(reader: ChildCodeReader) -> None:
    with pytest.raises(ValueError, match="307200"):
        reader.read(b"x")


def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str) -> None:
    """Children run this program instead of ours."""
    script = tmp_path / "child.sh"
    script.write_text(f"#!/bin/sh\n{source}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(code_reader.sys, "executable", str(script))


@pytest.mark.parametrize(
    "source",
    ["exit 3", "exec true", "echo no-json; exec cat >/dev/null", "echo '{}'; exec cat >/dev/null", "kill -9 $$"]
    + [f"echo '{answer}'; exec cat >/dev/null" for answer in ("3", "null", "[]")],
)
def test_a_child_that_gives_no_answer_is_told_and_replaced(
    reader: ChildCodeReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    with monkeypatch.context() as patched:
        scripted(patched, tmp_path, source)
        with pytest.raises(ReaderFailed):
            reader.read(picture(CODE))
    assert reader.read(picture(CODE)).text == CODE


@pytest.mark.parametrize(
    ("place", "wrong"),
    [("subprocess.Popen", OSError("no process")), ("threading.Timer", RuntimeError("can't start new thread"))],
)
def test_a_machine_that_has_no_process_or_thread_left_is_told_and_asked_again(
    reader: ChildCodeReader, monkeypatch: pytest.MonkeyPatch, place: str, wrong: Exception
) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise wrong

    with monkeypatch.context() as patched:
        patched.setattr(f"kiosk.jobs.code_reader.{place}", refuse)
        with pytest.raises(ReaderFailed):
            reader.read(picture(CODE))
    assert reader.read(picture(CODE)).text == CODE


def test_a_picture_that_comes_behind_the_end_starts_no_child(reader: ChildCodeReader) -> None:
    reader.read(EMPTY)
    reader.stop()
    with pytest.raises(ReaderFailed):
        reader.read(picture(CODE))
    assert reader._child is None
    assert reader._idle is not None and reader._idle.finished.is_set()


def test_a_picture_that_takes_too_long_ends_its_child(
    reader: ChildCodeReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(code_reader, "MOST_S", 0.05)
    scripted(monkeypatch, tmp_path, "exec sleep 60")
    with pytest.raises(ReaderFailed):
        reader.read(picture(CODE))


def test_while_another_is_read_one_is_told_to_wait(reader: ChildCodeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_reader, "WAIT_S", 0.01)
    taken, over = threading.Event(), threading.Event()

    def held() -> None:
        with reader._turn:
            taken.set()
            over.wait(15)

    holder = threading.Thread(target=held)
    holder.start()
    taken.wait(15)
    with pytest.raises(ReaderBusy):
        reader.read(picture(CODE))
    over.set()
    holder.join(15)
