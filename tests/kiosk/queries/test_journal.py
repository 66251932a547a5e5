"""The journal in batches, over the epochs of the database."""

from __future__ import annotations

import json

import pytest

from kiosk.domain.errors import BadRequest
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.queries.journal import JournalSlice, read_journal
from tests.office import OfficeStory


def read(office: OfficeStory, epoch: str | None = None, after: int = 0, limit: int = 1000) -> JournalSlice:
    with office.app.store.reading() as reading:
        return read_journal(reading, epoch, after, limit)


def test_events_come_in_order_as_many_as_asked_for(small_office: OfficeStory) -> None:
    for _ in range(5):
        small_office.take_number()
    batch = read(small_office, after=2, limit=3)
    assert [entry.seq for entry in batch.entries] == [3, 4, 5]
    assert [json.loads(entry.body)["seq"] for entry in batch.entries] == [3, 4, 5]
    assert batch.last_seq == small_office.events()[-1]["seq"]


def test_behind_the_end_there_is_nothing(small_office: OfficeStory) -> None:
    small_office.take_number()
    batch = read(small_office, after=10_000)
    assert batch.entries == () and batch.last_seq == len(small_office.events())


def test_an_epoch_that_ended_stays_readable_and_knows_where_it_ended(small_office: OfficeStory) -> None:
    small_office.take_number()
    first, length = read(small_office).epoch, len(small_office.events())
    second = start_new_epoch(small_office.app)
    small_office.take_number()
    now, before = read(small_office), read(small_office, first)
    assert (now.epoch, before.epoch) == (second, first)
    assert before.last_seq == length == len(before.entries)
    assert now.last_seq == len(now.entries)
    ends = [(one.epoch, one.last_seq, one.reason) for one in now.epochs]
    assert ends == [(first, length, "new"), (second, now.last_seq, "restored")]


def test_an_epoch_of_another_office_is_refused(small_office: OfficeStory) -> None:
    with pytest.raises(BadRequest):
        read(small_office, "01900000-0000-7000-8000-000000000000")
