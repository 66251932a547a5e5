"""Masked names beside dossiers: only where the office wants them, in no event, and gone in time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.dossier import Dossier, dossier_data
from kiosk.maintenance.housekeeping import Housekeeper
from tests.office import OfficeStory, sample_configuration
from tests.sync.portal_office import one_dossier

DAY_S = 24 * 3600
NAMED = ["Hộ tịch"]
Opened = Callable[..., OfficeStory]


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
    answer = story.send("PUT", "/api/v1/dossiers", "sync", [dossier_data(dossier) | more])
    assert answer.status_code == 200
    return dict(answer.get_json())


def names_on_the_tv(story: OfficeStory) -> list[str | None]:
    progress = story.send("GET", "/api/v1/board", "board").get_json()["progress"]
    return [row.get("name_masked") for row in progress]


def kept(story: OfficeStory) -> dict[str, str]:
    with story.app.store.reading() as reading:
        return reading.free_texts.applicants()


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
    assert answer["refused"][0]["reason"].startswith("applicant_masked không phải họ kèm chữ cái đầu của tên")
    assert answer["created"] == 0


def test_a_decided_dossier_loses_its_name_with_its_place_on_the_tv(opened: Opened) -> None:
    story = opened(masked_names=NAMED)
    put(story, one_dossier(1, status=9, finished_at=story.clock.ms - 1000), **NAME)
    put(story, one_dossier(2), **NAME)
    keeper = Housekeeper(story.app, [])
    keeper.run_once()
    assert len(kept(story)) == 2
    story.clock.passes(3 * DAY_S)
    keeper.run_once()
    assert list(kept(story)) == [one_dossier(2).code]


def test_whoever_switches_names_off_has_none_left_in_any_byte(opened: Opened, home: Path) -> None:
    put(opened(masked_names=NAMED), one_dossier(), **NAME)
    story = opened(masked_names=[])
    assert names_on_the_tv(story) == [None]
    with story.unit() as unit:
        unit.free_texts.set_applicant("in the log", "Phạm V. T.", 0)
    Housekeeper(story.app, []).run_once()  # the log is emptied while the service runs
    files = [path for path in home.iterdir() if path.name.startswith("office.db")]
    assert files and not [path.name for path in files if "Phạm V. T.".encode() in path.read_bytes()]
