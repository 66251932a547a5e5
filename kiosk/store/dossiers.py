"""Dossiers, as the one-stop system last reported them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Index, bindparam, insert, literal_column, or_, select, update

from contract.dossiers import IN_PROGRESS, RESOLVED, DossierStatus
from kiosk.domain.dossier import Dossier, values_of
from kiosk.store.columns import (
    OFFICE,
    big_integer,
    integer,
    key,
    optional_big_integer,
    optional_text,
    table,
    text_column,
)
from kiosk.store.sql import OfficeTable, Row, Statement

PUBLIC_PAGE = 60
ENDED = RESOLVED | {DossierStatus.WITHDRAWN}
dossiers = table(
    "dossiers",
    key("code"),
    text_column("procedure"),
    text_column("field"),
    integer("channel"),
    integer("status"),
    big_integer("received_at"),
    optional_big_integer("due_at"),
    optional_big_integer("finished_at"),
    integer("carried_over"),
    integer("digitised"),
    optional_text("not_digitised_reason"),
    optional_text("step"),
    big_integer("updated_at"),
)
_d = dossiers.c
Index("ix_dossiers_status", _d.office, _d.status, _d.due_at)


def _literals(statuses: Iterable[int]) -> list[ColumnElement[int]]:
    """A list that stands in the text, since a compiled statement has a fixed number of parameters."""
    return [literal_column(str(int(status))) for status in sorted(statuses)]


_NAMES = tuple(Dossier.__dataclass_fields__)
_own = select(*(_d[name] for name in _NAMES)).where(_d.office == OFFICE)
_GET = Statement(_own.where(_d.code == bindparam("code")))
_INSERT = Statement(insert(dossiers))
_UPDATE = Statement(
    update(dossiers)
    .where(_d.office == OFFICE, _d.code == bindparam("of_code"))
    .values({name: bindparam(name) for name in [*_NAMES[1:], "updated_at"]})
)
_ALL = Statement(_own.order_by(_d.code))
_PAGE = Statement(_own.where(_d.code > bindparam("after")).order_by(_d.code).limit(literal_column("500")))
_BETWEEN = Statement(
    _own.where(
        _d.received_at < bindparam("end"),
        or_(_d.status.not_in(_literals(ENDED)), _d.finished_at.is_(None), _d.finished_at >= bindparam("start")),
    ).order_by(_d.code)
)
_IN_PROGRESS = Statement(
    _own.where(_d.status.in_(_literals(IN_PROGRESS)))
    .order_by(_d.due_at, _d.code)
    .limit(literal_column(str(PUBLIC_PAGE)))
    .offset(bindparam("skip"))
)
_JUST_DECIDED = Statement(
    _own.where(_d.status.in_(_literals(RESOLVED)), _d.finished_at >= bindparam("since"))
    .order_by(_d.finished_at.desc(), _d.code)
    .limit(literal_column("20"))
)
_ANY = Statement(select(_d.code).where(_d.office == OFFICE).limit(literal_column("1")))


def _from_row(row: Row) -> Dossier:
    values = dict(zip(_NAMES, row, strict=True))
    return Dossier(**{**values, "carried_over": bool(values["carried_over"]), "digitised": bool(values["digitised"])})


class DossierTable(OfficeTable):
    """The dossiers of one office."""

    __slots__ = ()

    def get(self, code: str) -> Dossier | None:
        row = self._row(_GET, code=code)
        return None if row is None else _from_row(row)

    def put(self, dossier: Dossier, at: int, new: bool) -> None:
        """Insert a `new` dossier or change a known one; `at` in ms since 1970."""
        values = values_of(dossier)
        values |= {"carried_over": int(dossier.carried_over), "digitised": int(dossier.digitised), "updated_at": at}
        if new:
            self._run(_INSERT, **values)
        else:
            self._run(_UPDATE, of_code=dossier.code, **values)

    def all(self) -> list[Dossier]:
        """By code."""
        return [_from_row(row) for row in self._rows(_ALL)]

    def between(self, start: int, end: int) -> list[Dossier]:
        """Received before `end` and not ended before `start` (ms since 1970), by code."""
        return [_from_row(row) for row in self._rows(_BETWEEN, start=start, end=end)]

    def page(self, after: str) -> list[Dossier]:
        """The next 500 behind a code, by code."""
        return [_from_row(row) for row in self._rows(_PAGE, after=after)]

    def in_progress(self, skip: int) -> list[Dossier]:
        """The next `PUBLIC_PAGE` behind the first `skip`, by due date."""
        return [_from_row(row) for row in self._rows(_IN_PROGRESS, skip=skip)]

    def decided(self, since: int) -> list[Dossier]:
        """The last 20 decided since a moment (ms since 1970), the newest first."""
        return [_from_row(row) for row in self._rows(_JUST_DECIDED, since=since)]

    def is_empty(self) -> bool:
        return self._row(_ANY) is None
