"""What was lost at the beginning of an epoch, kept for staff until somebody dismisses it."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.lost_numbers import LostNumbers, LostNumbersNotice, NumberRange
from kiosk.store.columns import OFFICE, big_integer, key, optional_big_integer, table, text_column
from kiosk.store.sql import OfficeTable, Row, Statement

lost_numbers = table(
    "lost_numbers",
    key("epoch"),
    text_column("business_date"),
    text_column("reason"),
    big_integer("started_at"),
    optional_big_integer("seq"),
    text_column("ranges"),
    optional_big_integer("dismissed_at"),
)
_l = lost_numbers.c
_all = select(_l.epoch, _l.reason, _l.started_at, _l.business_date, _l.seq, _l.ranges).where(_l.office == OFFICE)
_OPEN = Statement(_all.where(_l.dismissed_at.is_(None)).order_by(_l.started_at))
_OF_DAY = Statement(_all.where(_l.business_date == bindparam("day")).order_by(_l.started_at))
_INSERT = Statement(insert(lost_numbers))
_DISMISS = Statement(
    update(lost_numbers)
    .where(_l.office == OFFICE, _l.epoch == bindparam("of_epoch"))
    .values(dismissed_at=bindparam("at"))
)


class LostNumbersTable(OfficeTable):
    """The notices of one office."""

    __slots__ = ()

    def add(self, epoch: str, reason: str, at: int, lost: LostNumbers) -> None:
        ranges = json.dumps([[one.letter, one.first, one.last] for one in lost.ranges])
        self._run(
            _INSERT,
            epoch=epoch,
            business_date=lost.business_date,
            reason=reason,
            started_at=at,
            seq=lost.seq,
            ranges=ranges,
            dismissed_at=None,
        )

    def open(self) -> list[LostNumbersNotice]:
        """Those that nobody dismissed, oldest first."""
        return [_from_row(row) for row in self._rows(_OPEN)]

    def of_day(self, day: str) -> list[LostNumbersNotice]:
        """Those of a business date, dismissed or not, oldest first."""
        return [_from_row(row) for row in self._rows(_OF_DAY, day=day)]

    def dismiss(self, epoch: str, at: int) -> bool:
        """False when there is none of that epoch."""
        return self._changed(_DISMISS, of_epoch=epoch, at=at) == 1


def _from_row(row: Row) -> LostNumbersNotice:
    epoch, reason, started_at, day, seq, ranges = row
    found = tuple(NumberRange(letter, first, last) for letter, first, last in json.loads(ranges))
    return LostNumbersNotice(epoch, reason, started_at, LostNumbers(day, found, seq))
