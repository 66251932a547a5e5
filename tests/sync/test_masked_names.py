"""Family name and initials beside a dossier: only where the office wants them, made at the edge, and gone in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.dossiers import facts_of
from kiosk.domain.dossier import Dossier, is_masked_name
from kiosk.housekeeping import Housekeeper
from sync.dossiers.edge import edge_for
from sync.dossiers.people import masked_name
from sync.dossiers.words import shipped_words
from sync.text_keys import composed
from tests.office import OfficeStory, sample_configuration
from tests.sync.portal import one_dossier

WORDS = shipped_words()
FAMILIES = sorted(WORDS.families)
DAY_S = 24 * 3600
NAMED = ["Hộ tịch"]
Opened = Callable[..., OfficeStory]


def mask(said: str) -> str | None:
    return masked_name(said, WORDS.families, WORDS.titles)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Phạm Văn Thành", "Phạm V. T."), ("PHẠM THỊ LAN", "Phạm T. L."), ("Bà Đinh Thị  Y Đôn ", "Đinh T. Y. Đ."),
        ("Pha\u0323m Va\u0306n An", "Phạm V. A."), ("Hồ Ánh", "Hồ Á."),
        ("Hồ Ý", None), ("Phạm Thị Y", None), ("Phạm Văn A", None),
        ("Phạm", None), ("Thành Văn Phạm", None), ("phạm văn thành", None), ("Phạm Văn Thành 0905", None),
        ("Công ty TNHH Phạm Gia", None), ("Hộ kinh doanh Phạm Văn A", None), ("Phạm Văn Thành (chồng)", None),
        ("Nguyễn A B C D E F", None), ("", None), ("ông", None),
    ],
)  # fmt: skip
def test_of_a_name_the_family_and_initials_are_kept_and_of_anything_else_nothing(said: str, kept: str | None) -> None:
    assert mask(said) == kept


@given(st.lists(st.one_of(st.sampled_from(FAMILIES).map(str.title), st.text(max_size=12)), max_size=7).map(" ".join))
def test_whatever_is_said_only_a_known_family_name_is_kept_whole(said: str) -> None:
    kept = mask(said)
    if kept is not None:
        family, *initials = kept.split()
        assert family.casefold() in WORDS.families and all(len(one) == 2 for one in initials)
        assert len(composed(said).rsplit(maxsplit=1)[-1]) > 1, "the given name is not told by its initial"
        assert is_masked_name(kept), "the service takes what the edge makes"


@pytest.mark.parametrize(
    "text", ["Phạm Văn Thành", "Phạm V. Thành", "Phạm", "V. T.", "phạm V.", "Phạm V. T", "Phạm 0. T."]
)
def test_the_service_takes_no_more_than_that_for_a_masked_name(text: str) -> None:
    assert not is_masked_name(text)


@pytest.fixture
def opened(home: Path) -> Any:
    """Opens the office, again and again on the same database."""
    stories: list[OfficeStory] = []

    def again(**office: Any) -> OfficeStory:
        while stories:
            stories.pop().close()
        stories.append(OfficeStory("", sample_configuration(f"sqlite:///{home / 'office.db'}", **office)))
        return stories[0]

    yield again
    while stories:
        stories.pop().close()


def put(story: OfficeStory, dossier: Dossier, **more: Any) -> dict[str, Any]:
    answer = story.send("PUT", "/api/v1/dossiers", "sync", [facts_of(dossier) | more])
    assert answer.status_code == 200
    return dict(answer.get_json())


def names_on_the_tv(story: OfficeStory) -> list[str | None]:
    progress = story.send("GET", "/api/v1/board", "board").get_json()["progress"]
    return [row.get("name_masked") for row in progress]


def kept(story: OfficeStory) -> dict[str, str]:
    with story.house.store.reading() as reading:
        return reading.records.applicants()


NAME = {"applicant_masked": "Phạm V. T."}


def test_the_tv_shows_the_name_and_no_event_tells_it(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    put(story, one_dossier(), **NAME)
    assert names_on_the_tv(story) == ["Phạm V. T."]
    assert "Phạm" not in str(story.events())
    assert "Phạm" not in story.send("GET", "/api/v1/dossiers", "sync").get_data(as_text=True)


def test_a_name_told_later_comes_beside_an_unchanged_dossier_and_stays_when_none_is_told(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    put(story, one_dossier())
    assert put(story, one_dossier(), **NAME)["unchanged"] == 1
    put(story, one_dossier(status=5))
    assert names_on_the_tv(story) == ["Phạm V. T."]
    put(story, one_dossier(status=5), applicant_masked=None)
    assert names_on_the_tv(story) == [None]


def test_another_field_a_dossier_that_left_the_tv_and_an_office_without_names_keep_none(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    for field in ("Bảo trợ xã hội", "Nuôi con nuôi", "Chứng thực", "Lĩnh vực khác", "Người khuyết tật"):
        put(story, one_dossier(1, field=field), **NAME)
    put(story, one_dossier(2), **NAME)
    put(story, one_dossier(2, status=7), **NAME)
    assert kept(story) == {}
    plain = opened(masked_names=[])
    assert put(plain, one_dossier(3), **NAME)["created"] == 1
    assert put(plain, one_dossier(4), applicant_masked="Phạm Văn Thành")["created"] == 1
    assert kept(plain) == {}


def test_what_is_no_masked_name_is_refused_with_its_dossier(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    answer = put(story, one_dossier(), applicant_masked="Phạm Văn Thành")
    assert answer["refused"][0]["reason"].startswith("applicant_masked is not a family name with initials")
    assert answer["created"] == 0


def test_a_decided_dossier_loses_its_name_with_its_place_on_the_tv(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    put(story, one_dossier(1, status=9, finished_at=story.clock.ms - 1000), **NAME)
    put(story, one_dossier(2), **NAME)
    keeper = Housekeeper(story.house, [])
    keeper.go_round()
    assert len(kept(story)) == 2
    story.clock.passes(3 * DAY_S)
    keeper.go_round()
    assert list(kept(story)) == [one_dossier(2).code]


def test_whoever_switches_names_off_has_none_left_in_any_byte(opened: Opened, home: Path) -> None:
    put(opened(masked_names=NAMED), one_dossier(), **NAME)
    story = opened(masked_names=[])
    assert names_on_the_tv(story) == [None]
    with story.unit() as unit:
        unit.records.name_applicant("in the log", "Phạm V. T.", 0)
    Housekeeper(story.house, []).go_round()  # the log is emptied while the service runs
    files = [path for path in home.iterdir() if path.name.startswith("office.db")]
    assert files and not [path.name for path in files if "Phạm V. T.".encode() in path.read_bytes()]


def test_the_edge_of_an_office_without_names_never_looks_at_one() -> None:
    edges = {bool(on): edge_for(sample_configuration("sqlite:///unused", masked_names=on)) for on in ([], NAMED)}
    cells = {
        "code": one_dossier().code, "procedure": "1.001193", "field": "Hộ tịch", "channel": "2", "status": "4",
        "received_at": "20240415073000", "applicant": "Phạm Văn Thành",
    }  # fmt: skip
    assert "applicant_masked" not in edges[False].dossier(cells)
    assert edges[True].dossier(cells)["applicant_masked"] == "Phạm V. T."
    assert "applicant" in edges[True].words.columns and "applicant" not in edges[False].words.columns
    told = {**facts_of(one_dossier()), **asdict(one_dossier()), "applicant": "Phạm Văn Thành", **NAME}
    assert not {"applicant", "applicant_masked"} & set(edges[True].admitted(told)), "only tables and the portal name"
