"""Sample data: the counts of the commune's own report, and days that the recount confirms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.dossiers import CODE, RESOLVED
from kiosk.cli import main
from kiosk.domain.dossier import Dossier
from kiosk.maintenance.verification import verify_store
from kiosk.samples import DatabaseInUse
from kiosk.samples.ba_vi_2024 import FIRST, LAST
from kiosk.samples.filling import fill_ba_vi_2024
from kiosk.samples.random_days import RandomDays, fill_random
from tests.office import OfficeStory


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield made
    made.close()


@pytest.fixture
def filled(story: OfficeStory) -> tuple[OfficeStory, list[Dossier]]:
    pairs = [(procedure.code, procedure.field) for procedure in story.app.configuration.procedure]
    fill_ba_vi_2024(story.app.store, pairs, story.clock.now_ms())
    with story.app.store.reading() as reading:
        return story, reading.dossiers.all()


def test_ba_vi_has_exactly_the_dossiers_of_its_report(filled: tuple[OfficeStory, list[Dossier]]) -> None:
    _, found = filled
    new = [dossier for dossier in found if not dossier.carried_over]
    assert len(found) == 681
    assert [sum(d.channel == channel for d in new) for channel in (1, 2, 3)] == [4, 669, 0]
    assert sum(dossier.carried_over for dossier in found) == 8
    on_time = [d for d in found if d.status in RESOLVED and d.finished_at and d.due_at and d.finished_at <= d.due_at]
    assert len(on_time) == 678
    assert sum(dossier.status == 4 for dossier in found) == 2
    assert sum(dossier.status == 7 for dossier in found) == 1
    assert {(d.field, d.not_digitised_reason) for d in found if not d.digitised} == {
        ("Dân tộc", "Ban Dân tộc tỉnh trả kết quả")
    }
    assert sum(not dossier.digitised for dossier in found) == 3


def test_ba_vi_keeps_the_identities_of_the_form(filled: tuple[OfficeStory, list[Dossier]]) -> None:
    story, found = filled
    day = story.app.office.hours.civil_date
    carried = [d for d in found if day(d.received_at) < FIRST.isoformat()]
    online, direct = ([d for d in found if d not in carried and d.channel in kinds] for kinds in ({2}, {1, 3}))
    ended = [d for d in found if d.finished_at and FIRST.isoformat() <= day(d.finished_at) <= LAST.isoformat()]
    early = [d for d in ended if day(d.finished_at or 0) < day(d.due_at or 0)]
    on_time = [d for d in ended if day(d.finished_at or 0) == day(d.due_at or 0)]
    still = [d for d in found if d.finished_at is None]
    assert len(found) == len(online) + len(direct) + len(carried) == len(ended) + len(still)
    assert len(ended) == len(early) + len(on_time) == 679
    assert early and on_time
    assert all(day(d.due_at or 0) >= LAST.isoformat() for d in still)
    assert {d.code for d in carried} == {d.code for d in found if d.carried_over}


def test_ba_vi_numbers_run_from_one_on_each_day(filled: tuple[OfficeStory, list[Dossier]]) -> None:
    story, found = filled
    days: dict[str, list[Dossier]] = {}
    for dossier in found:
        assert CODE.fullmatch(dossier.code)
        assert dossier.code.startswith("000.00.53.H48-")
        days.setdefault(dossier.code.split("-")[1], []).append(dossier)
    for day, some in days.items():
        ordered = sorted(some, key=lambda dossier: dossier.code)
        assert [int(d.code[-4:]) for d in ordered] == list(range(1, len(ordered) + 1))
        assert {f"{story.app.office.hours.local(d.received_at):%y%m%d}" for d in ordered} == {day}
        assert [d.received_at for d in ordered] == sorted(d.received_at for d in ordered)


def test_ba_vi_is_the_same_each_time_and_lies_in_the_journal(
    filled: tuple[OfficeStory, list[Dossier]], tmp_path: Path
) -> None:
    story, found = filled
    assert story.types().count("dossier.updated") == 681
    assert verify_store(story.app.store).listed == []
    other = OfficeStory(f"sqlite:///{tmp_path / 'other.db'}")
    pairs = [(procedure.code, procedure.field) for procedure in other.app.configuration.procedure]
    fill_ba_vi_2024(other.app.store, pairs, other.clock.now_ms() + 5_000)
    with other.app.store.reading() as reading:
        again = reading.dossiers.all()
    other.close()
    assert again == found


def test_random_days_are_confirmed_by_the_recount(story: OfficeStory) -> None:
    count = fill_random(story.app.store, RandomDays.of(3, None, 7), story.clock.now_ms())
    found = verify_store(story.app.store)
    assert found.listed == []
    assert found.days == 3
    assert found.events == count + 1
    types = set(story.types())
    assert {"ticket.no_show", "ticket.recalled", "rating.submitted", "office.day_closed"} <= types
    assert max(event["business_date"] for event in story.events()[1:]) == "2024-04-12"


def test_random_days_reach_the_events_that_were_asked_for(story: OfficeStory) -> None:
    assert fill_random(story.app.store, RandomDays.of(None, 2_000, 3), story.clock.now_ms()) >= 1_500


def test_the_office_can_work_on_after_the_sample(story: OfficeStory) -> None:
    fill_random(story.app.store, RandomDays.of(1, None, 7), story.clock.now_ms())
    assert story.take_number().number == "A001"
    assert story.call_next("1") is not None
    assert verify_store(story.app.store).listed == []


def test_samples_refuse_a_database_that_is_in_use(story: OfficeStory) -> None:
    story.take_number()
    with pytest.raises(DatabaseInUse):
        fill_random(story.app.store, RandomDays.of(1, None, 1), story.clock.now_ms())
    with pytest.raises(DatabaseInUse):
        fill_ba_vi_2024(story.app.store, [("open-1", "Dân tộc")], story.clock.now_ms())
    assert story.types().count("ticket.issued") == 1


def test_the_commands_fill_recount_and_report(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from config.loading import sample_text

    config = home / "office.toml"
    config.write_text(sample_text(), encoding="utf-8")
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    story.close()
    named = ["--config", str(config)]
    assert main(["sample", "random", *named, "--days", "1"]) == 0
    assert main(["sample", "ba-vi-2024", *named]) == 1
    assert main(["verify", *named]) == 0
    assert "0 differences" in capsys.readouterr().out
    assert main(["report", "list"]) == 0
    listed = capsys.readouterr().out
    assert "  biểu mẫu từ 15/12/2017: Thông tư 02/2017/TT-VPCP" in listed and "month:2024-04" in listed
    assert main(["report", "none-such", *named, "--from", "2024-01-01", "--to", "2024-01-01"]) == 2
    assert main(["report", "daily", *named]) == 2
    page = home / "report.html"
    dates = ["--from", "2020-01-01", "--to", "2029-01-01"]
    assert main(["report", "daily", *named, *dates, "--format", "html", "--out", str(page)]) == 0
    assert "Báo cáo hằng ngày" in page.read_text(encoding="utf-8")
