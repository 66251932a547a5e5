"""How far followers are behind, over several epochs, worked out by hand and counted again by the recount."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.epochs import begin_epoch
from kiosk.domain.followers import FollowerStatus
from kiosk.maintenance import verification
from kiosk.maintenance.verification import verify_store
from kiosk.reports.delays import delays
from kiosk.reports.measures.equipment import Delay
from tests.office import OfficeStory

MINUTE = 60_000


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    """Three epochs; each begins ten minutes after the end of the one before and has a number taken a minute later."""
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    made.take_number()
    for _ in range(2):
        made.clock.passes(600)
        with made.unit("system") as unit:
            begin_epoch(unit, "restored")
        made.clock.passes(60)
        made.take_number()
    yield made
    made.close()


def epochs(story: OfficeStory) -> list[tuple[str, int]]:
    """Each with its last position."""
    with story.app.store.reading() as reading:
        head = reading.state.head
        return [(row.epoch, head.seq if row.epoch == head.epoch else row.last_seq) for row in reading.epochs.all()]


def follows(story: OfficeStory, epoch: str, cursor: int) -> Delay:
    with story.app.store.writing() as tables:
        tables.followers.put(FollowerStatus("tinh", epoch, cursor, "retrying", None, [], 0, 0))
    assert verify_store(story.app.store).listed == []
    with story.app.store.reading() as reading:
        (delay,) = delays(reading)
    return delay


def test_one_that_has_all_is_not_behind(story: OfficeStory) -> None:
    epoch, last = epochs(story)[-1]
    assert follows(story, epoch, last) == Delay("tinh", 0, 0)


def test_one_at_the_end_of_the_first_epoch_waits_for_the_first_event_of_the_second(story: OfficeStory) -> None:
    (first, ended), (_, second), (_, third) = epochs(story)
    assert follows(story, first, ended) == Delay("tinh", second + third, 12 * MINUTE)


def test_one_within_an_epoch_lacks_its_rest_and_what_followed(story: OfficeStory) -> None:
    (_, _), (epoch, second), (_, third) = epochs(story)
    assert follows(story, epoch, second - 1) == Delay("tinh", 1 + third, 11 * MINUTE)


def test_one_that_saw_what_a_restore_took_back_lacks_all_of_the_next_epoch(story: OfficeStory) -> None:
    (_, _), (epoch, second), (_, third) = epochs(story)
    assert follows(story, epoch, second + 3) == Delay("tinh", third, MINUTE)


def test_one_of_an_unknown_epoch_lacks_everything(story: OfficeStory) -> None:
    assert follows(story, "another", 2) == Delay("tinh", sum(last for _, last in epochs(story)), 22 * MINUTE)


def test_a_delay_counted_otherwise_is_named(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    epoch, last = epochs(story)[-1]
    follows(story, epoch, last - 1)
    monkeypatch.setattr(verification, "delay_figures", lambda _: {"sync-delay/tinh/behind": 4})
    assert verify_store(story.app.store).listed == [
        "sync-delay/tinh/behind: the report says 4, the journal 1",
        "sync-delay/tinh/oldest_ms: the report says missing, the journal 0",
    ]


def test_a_last_event_that_cannot_be_read_hides_no_difference_of_dossiers(
    story: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    epoch, last = epochs(story)[-1]
    follows(story, epoch, last)
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("UPDATE journal SET body = 'x' WHERE epoch = ? AND seq = ?", (epoch, last))
    monkeypatch.setattr(verification, "dossier_figures", lambda *_: {"2024-12-14/lost": 1})
    listed = verify_store(story.app.store).listed
    assert "dossiers up to 2024-12-14/lost: the report says 1, the journal missing" in listed
    assert listed[-1].startswith("a row cannot be read")
