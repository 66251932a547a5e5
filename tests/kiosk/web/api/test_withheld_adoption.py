"""An adoption in a table, its field spelled in any way: no door of the office shows what it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from unicodedata import combining, normalize

import pytest

from config.loading import build
from display_board.state.display import display_of
from display_board.state.fold import apply, from_snapshot
from tests.office import OfficeStory

FILES = Path(__file__).parents[3] / "data" / "imports"


@pytest.fixture(params=["sens-case.toml", "sens-nfd.toml"])
def adoption(request: pytest.FixtureRequest, home: Path) -> Iterator[OfficeStory]:
    tables = tomllib.loads((FILES / request.param).read_text(encoding="utf-8"))
    tables["printer"], tables["database"] = [], {"url": f"sqlite:///{home / 'motcua.db'}"}
    tables["server"]["bind"] = "127.0.0.1:0"
    office = OfficeStory("", build(tables, request.param))
    yield office
    office.close()


def hand_in(office: OfficeStory) -> str:
    """The code of its one dossier."""
    answer = office.send("POST", "/api/v1/dossiers/table?trial=no", "admin", (FILES / "44-adoption.xlsx").read_bytes())
    assert answer.json is not None and answer.json["taken"] is True, answer.json
    with office.app.store.reading() as reading:
        (dossier,) = reading.dossiers.all()
    return str(dossier.code)


def shows_it(text: str) -> bool:
    """In any spelling."""
    return "nuoi" in unidecoded(text)


def unidecoded(text: str) -> str:
    return "".join(one for one in normalize("NFD", text.casefold()) if not combining(one))


def test_a_tv_that_starts_and_one_that_runs_show_only_sign_and_steps(adoption: OfficeStory) -> None:
    before = adoption.send("GET", "/api/v1/board", "board").json
    assert before is not None
    hand_in(adoption)
    after = adoption.send("GET", "/api/v1/board", "board").json
    assert after is not None
    page = adoption.send("GET", "/api/v1/page/board", "board").json
    assert page is not None
    display = display_of(page["shown"])
    running = from_snapshot(before, display)
    for event in adoption.events()[before["seq"] :]:
        running = apply(running, event)
    for board in (from_snapshot(after, display), running):
        (row,) = board.progress
        assert row.sensitive and not row.name, "its code, field and dates are not drawn"


def test_kiosk_and_phones_hear_nothing_of_it(adoption: OfficeStory) -> None:
    code = hand_in(adoption)
    looked_up = adoption.send("GET", f"/api/v1/dossiers/{code}", "kiosk")
    assert looked_up.json is not None and looked_up.json["field"] == "" and not shows_it(looked_up.text)
    for role in ("kiosk", "tablet"):
        heard = adoption.send("GET", "/api/v1/stream?after=0", role).text
        assert "office.day_opened" in heard and code not in heard and not shows_it(heard)


def test_the_journal_holds_the_dossier_and_no_person(adoption: OfficeStory) -> None:
    hand_in(adoption)
    (event,) = [event for event in adoption.events() if event["type"] == "dossier.updated"]
    known = "code procedure field channel status received_at due_at finished_at carried_over digitised"
    assert event["data"].keys() <= {*known.split(), "not_digitised_reason", "step"}
