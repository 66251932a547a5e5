"""The recount counts by the rules and points of the office, and names what the reports have otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest

from config.loading import sample_text
from config.survey import FurtherSection
from kiosk.actions import calling, dossier_links, ratings
from kiosk.actions.dossiers import put_dossiers
from kiosk.cli import main
from kiosk.domain.dossier import Dossier
from kiosk.maintenance import verification
from kiosk.maintenance.check_outcomes import VERIFIED, last_outcome
from kiosk.maintenance.doctor.data import check_journal
from kiosk.maintenance.doctor.results import Mark, PartReport
from kiosk.maintenance.verification import helped, verify_store
from kiosk.reports.dated_rules import CriteriaRules
from kiosk.reports.office_forms import forms_of_office
from kiosk.reports.office_points import read_points
from kiosk.verify.recount import RecountResult
from tests.kiosk.verify.test_recount import a_dossier
from tests.office import OfficeStory, sample_configuration

DAY_MS = 86_400_000
CODE = "000.00.53.H48-240414-000"
LAW = """
[[rule]]
key = "criteria"
from = 2024-01-01
value = "Bộ chỉ số của tỉnh"
source = "Quyết định của tỉnh"
most_points = 5
bands = [[0, "chưa đạt"], [20, "đạt"]]
bands_in_words = "từ 20 đạt"
online_full_bp = 9000
online_half_bp = 3000
procedures_full_bp = 2000
"""


def asking(home: Path) -> OfficeStory:
    """Three dossiers of April 2024 and one rated ticket, its second page asked as the criteria want it."""
    url = f"sqlite:///{home / 'motcua.db'}"
    configuration = sample_configuration(url)
    choices = [{"code": code, "name": code} for code in ("none", "one", "more")]
    asked = FurtherSection.model_validate({"code": "contacts", "name": "Mấy lần?", "criterion": 3, "choices": choices})
    survey = configuration.survey.model_copy(update={"further": [asked]})
    made = OfficeStory(url, configuration.model_copy(update={"survey": survey}))
    ticket = made.take_number()
    made.call_next("1")
    now = made.clock.now_ms()
    with made.unit() as unit:
        calling.complete(unit, ticket.id)
        given = ratings.RatingInput(ticket.id, {"attitude": "satisfied", "contacts": "none"}, (), None, now)
        ratings.rate(unit, given, "t")
        for number, (channel, due) in enumerate(((2, 2), (1, 1), (1, 0))):
            times = (now - 5 * DAY_MS, now + due * DAY_MS, now + DAY_MS)
            put_dossiers(unit, [Dossier(f"{CODE}{number}", f"1.00119{number}", "Hộ tịch", channel, 9, *times)])
        dossier_links.link_dossier(unit, ticket.id, f"{CODE}0")
    return made


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = asking(home)
    yield made
    made.close()


def points(home: Path, *tables: tuple[int, str, str]) -> None:
    folder = home / "reports"
    folder.mkdir(exist_ok=True)
    lines = [
        f"[[points]]\nfrom = 2024-04-01\nto = 2024-04-30\ncriterion = {number}\n{given}\nwritten_on = {day}\n"
        for number, given, day in tables
    ]
    (folder / "criteria.toml").write_text("".join(lines), encoding="utf-8")


ALL = tuple((number, "points = 1.5", "2024-05-02") for number in (2, 4, 5, 6, 7, 8))


def law(home: Path) -> None:
    folder = home / "reports" / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "law.toml").write_text(LAW, encoding="utf-8")


def differences(result: RecountResult) -> list[str]:
    assert result.differences == len(result.listed)
    return result.listed


def test_points_of_the_office_are_counted_again_without_a_difference(story: OfficeStory, home: Path) -> None:
    before = verify_store(story.app.store)
    points(home, *ALL)
    after = verify_store(story.app.store)
    assert (before.listed, after.listed, after.remarks[len(before.remarks) :]) == ([], [], [])
    assert after.figures - before.figures == 9 * 4 + 2


def test_a_changed_row_of_points_is_named_with_the_sum_it_changes(
    story: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points(home, *ALL)
    earlier = read_points(home / "reports")
    points(home, *ALL, (5, "points = 0.5", "2024-05-03"))
    assert verify_store(story.app.store).listed == []
    monkeypatch.setattr(verification, "read_points", lambda _: earlier)
    # by hand: 2, 1 and 0 points of time are 1 each; the one answer has 2; one is late → 0; six times 1.5
    assert differences(verify_store(story.app.store)) == [
        "criteria 2024-04-01 to 2024-04-30/5/points: the report says 15, the journal 5",
        "criteria 2024-04-01 to 2024-04-30/5/written: the report says 15, the journal 5",
        "criteria 2024-04-01 to 2024-04-30/band: the report says tốt, the journal khá",
        "criteria 2024-04-01 to 2024-04-30/total: the report says 120, the journal 110",
    ]


def test_points_that_only_one_of_both_has_are_named(
    story: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points(home, *ALL)
    monkeypatch.setattr(verification, "read_points", lambda _: ())
    found = differences(verify_store(story.app.store))
    assert len(found) == 9 * 4 + 2 and all("the report says missing" in one for one in found)


def test_another_band_is_named(story: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points(home, *ALL)
    monkeypatch.setattr(CriteriaRules, "band_of", lambda *_: "khá")
    assert differences(verify_store(story.app.store)) == [
        "criteria 2024-04-01 to 2024-04-30/band: the report says khá, the journal tốt"
    ]


def test_rules_of_the_office_are_those_of_both_counts(
    story: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law(home)
    points(home, *ALL)
    assert verify_store(story.app.store).listed == []
    monkeypatch.setattr(verification, "using", lambda _: nullcontext())
    found = differences(verify_store(story.app.store))
    # five points instead of two for an early dossier and for the best answer; 2 + 5 + 0 + 6 x 1.5 is below 20
    assert "dossiers up to 2024-12-14/criterion_1_points: the report says 3, the journal 6" in found
    assert "dossiers up to 2024-12-14/criterion_3_points: the report says 2, the journal 5" in found
    assert "2024-04-15 measures/criterion-3/points: the report says 2, the journal 5" in found
    assert "criteria 2024-04-01 to 2024-04-30/band: the report says tốt, the journal chưa đạt" in found


def test_the_second_process_is_begun_under_the_rules_of_the_office(
    story: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law(home)
    seen: list[Any] = []
    monkeypatch.setattr(verification, "second_process", lambda *_: seen.extend(forms_of_office().rules))
    with helped(lambda: story.app):
        assert [one["most_points"] for one in seen] == [5]
    assert forms_of_office().rules == ()


@pytest.mark.parametrize(
    ("file", "text", "words", "vietnamese"),
    [
        (
            "criteria.toml",
            "[[points]]\nfrom = 1\n",
            "the office's points were not recounted: ",
            "chưa tính lại được điểm do đơn vị tự chấm: ",
        ),
        (
            "forms/law.toml",
            "[[rule]]\nkey = 'criteria'\n",
            "counted by the shipped rules: ",
            "đã đếm lại theo quy định có sẵn của phần mềm: ",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_called_equal(
    story: OfficeStory,
    home: Path,
    file: str,
    text: str,
    words: str,
    vietnamese: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (home / "reports" / "forms").mkdir(parents=True)
    (home / "reports" / file).write_text(text, encoding="utf-8")
    result = verify_store(story.app.store)
    assert result.listed == []
    (why,) = map(str, result.unusable)
    assert why.startswith(words) and str(home / "reports" / file) in why
    (home / "office.toml").write_text(sample_text(), encoding="utf-8")
    assert main(["verify", "--alone", "--config", str(home / "office.toml")]) == 1
    assert f"not counted by the office's own rules: {words}" in capsys.readouterr().out
    found = check_journal(PartReport("Journal"), story.app)
    assert found.mark is Mark.LOOK and str(home / "reports" / file) in found.text
    kept = last_outcome(VERIFIED)
    assert kept is not None and kept.ok, "what is stored is well"
    for told in (found.text, *kept.unusable):
        assert vietnamese in told and str(home / "reports" / file) in told and words not in told


def test_all_files_that_cannot_be_used_are_told(story: OfficeStory, home: Path) -> None:
    (home / "reports" / "forms").mkdir(parents=True)
    for file in ("criteria.toml", "forms/law.toml"):
        (home / "reports" / file).write_text("[[", encoding="utf-8")
    told = check_journal(PartReport("Journal"), story.app).text
    assert "criteria.toml" in told and "law.toml" in told


def test_more_points_than_the_rules_give_are_no_report_and_no_figure(story: OfficeStory, home: Path) -> None:
    before = verify_store(story.app.store).figures
    points(home, (5, "points = 2.1", "2024-05-02"))
    result = verify_store(story.app.store)
    assert (result.listed, result.figures) == ([], before)
    (told,) = map(str, result.unusable)
    assert "criteria.toml" in told and "5" in told
    points(home, (5, "points = 2", "2024-05-02"))
    result = verify_store(story.app.store)
    assert (result.listed, result.figures) == ([], before + 9 * 4 + 2)


def test_points_for_days_before_the_circular_are_no_report_and_no_figure(story: OfficeStory, home: Path) -> None:
    before = verify_store(story.app.store).figures
    points(home, *ALL)
    path = home / "reports" / "criteria.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-04-", "2018-04-"), encoding="utf-8")
    result = verify_store(story.app.store)
    assert (result.listed, result.figures) == ([], before)


@pytest.mark.parametrize("seed", range(12))
def test_random_rules_points_and_dossiers_are_counted_alike(story: OfficeStory, home: Path, seed: int) -> None:
    random = Random(seed)
    law(home)
    path = home / "reports" / "forms" / "law.toml"
    bands = ", ".join(f'[{random.randrange(0, 300) / 10}, "hạng {number}"]' for number in range(random.randint(1, 4)))
    text = LAW.replace('[0, "chưa đạt"], [20, "đạt"]', bands)
    for old, new in (("= 5\n", random.randint(1, 9)), ("= 9000", random.randint(0, 10_000)), ("= 3000", 100)):
        text = text.replace(old, f"= {new}\n")
    path.write_text(text, encoding="utf-8")
    given = [random.choice(("taken_back = true", f"points = {random.randrange(0, 12) / 10}")) for _ in range(30)]
    days = (f"2024-05-{random.randint(1, 31):02d}" for _ in given)
    points(home, *((random.randint(1, 9), one, day) for one, day in zip(given, days, strict=True)))
    with story.unit() as unit:
        put_dossiers(unit, [a_dossier(random.randrange(10_000), unit.now) for _ in range(40)])
    result = verify_store(story.app.store)
    assert result.listed == []
    assert all("criteria.toml, chỉ số" in str(one) for one in result.unusable), "just points beyond the rules"
