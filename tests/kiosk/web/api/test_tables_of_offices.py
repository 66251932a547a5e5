"""Each table under tests/data/imports, handed in as an administrator does: trial and real import say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from contract.times import from_rfc3339
from tests.office import FixedClock, OfficeStory, sample_configuration
from tests.sync.dossiers.test_office_tables import FILES, REFUSED, RIGHT, WRONG_ROWS, contents_of

TAKEN = [row[0] for row in RIGHT] + ["32-due-words.xlsx"]
WRONG = [row[0] for row in WRONG_ROWS] + ["38-end-but-open.xlsx"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """One office takes one table after the other, as offices do from month to month."""
    folder = tmp_path_factory.mktemp("tables")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        patch.setattr("sync.dossiers.opening._try_opening", lambda _: None)  # a process for each; none ends over these
        patch.setattr("tests.office.FixedClock", lambda: FixedClock("2026-11-28T08:00:00+07:00"))
        story = OfficeStory("", sample_configuration(f"sqlite:///{folder / 'motcua.db'}"))
        yield story
        story.close()


def hand_in(office: OfficeStory, name: str, trial: bool) -> Any:
    how = "yes" if trial else "no"
    return office.send("POST", f"/api/v1/dossiers/table?trial={how}", "admin", (FILES / name).read_bytes())


def stored(office: OfficeStory) -> dict[str, Any]:
    with office.app.store.reading() as reading:
        return {one.code: one for one in reading.dossiers.all()}


@pytest.mark.parametrize("name", TAKEN)
def test_a_right_table_is_taken_as_its_trial_says(office: OfficeStory, name: str) -> None:
    before = stored(office)
    trial = hand_in(office, name, True).json
    assert (trial["taken"], trial["problems"], stored(office)) == (False, [], before)
    taken = hand_in(office, name, False).json
    assert taken["taken"] is True
    for told in ("counted", "notes", "changes"):
        assert taken[told] == trial[told]
    kept = stored(office)
    for one in contents_of(name).dossiers:
        now = kept[one["code"]]
        assert (now.status, now.received_at) == (one["status"], from_rfc3339(one["received_at"]))
        assert now.due_at == (None if one["due_at"] is None else from_rfc3339(one["due_at"]))
    count = len(contents_of(name).dossiers)
    assert hand_in(office, name, True).json["counted"] == [f"0 hồ sơ mới, 0 hồ sơ đổi, {count} hồ sơ giữ nguyên"], (
        "once taken, the table says nothing new"
    )


@pytest.mark.parametrize("name", WRONG)
def test_a_table_with_a_wrong_row_is_refused_alike_by_both(office: OfficeStory, name: str) -> None:
    before = stored(office)
    trial, real = (hand_in(office, name, how).json for how in (True, False))
    assert trial == real and real["problems"] and real["taken"] is False
    assert stored(office) == before


@pytest.mark.parametrize("name", [row[0] for row in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_alike_by_both(office: OfficeStory, name: str) -> None:
    before = stored(office)
    trial, real = (hand_in(office, name, how) for how in (True, False))
    assert trial.status_code == real.status_code == 400 and trial.json["detail"] == real.json["detail"]
    assert stored(office) == before
