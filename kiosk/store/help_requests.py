"""Citizens' requests for help, until a clerk answers."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kiosk.domain.help_request import HelpRequest
from kiosk.store.columns import OFFICE, big_integer, key, optional_big_integer, table, text_column
from kiosk.store.sql import OfficeTable, Statement

help_calls = table(
    "help_calls",
    key("id"),
    text_column("place"),
    text_column("device"),
    big_integer("asked_at"),
    optional_big_integer("answered_at"),
)
_h = help_calls.c
_INSERT = Statement(insert(help_calls))
_OPEN = Statement(
    select(_h.id, _h.place, _h.device, _h.asked_at)
    .where(_h.office == OFFICE, _h.answered_at.is_(None))
    .order_by(_h.asked_at)
)
_ANSWER = Statement(
    update(help_calls)
    .where(_h.office == OFFICE, _h.id == bindparam("help"), _h.answered_at.is_(None))
    .values(answered_at=bindparam("answered_at"))
)
_PURGE = Statement(delete(help_calls).where(_h.office == OFFICE, _h.asked_at < bindparam("before")))


class HelpRequestTable(OfficeTable):
    """The requests for help of one office."""

    __slots__ = ()

    def add(self, request: HelpRequest) -> None:
        self._run(
            _INSERT,
            id=request.id,
            place=request.place,
            device=request.device,
            asked_at=request.asked_at,
            answered_at=None,
        )

    def open(self) -> list[HelpRequest]:
        """Not answered yet, oldest first."""
        return [HelpRequest(*row) for row in self._rows(_OPEN)]

    def answer(self, request_id: str, at: int) -> bool:
        """False when it was answered before or never made."""
        return self._changed(_ANSWER, help=request_id, answered_at=at) == 1

    def purge(self, before: int) -> int:
        """Forget what was asked before a moment (ms since 1970), answered or not."""
        return self._changed(_PURGE, before=before)
