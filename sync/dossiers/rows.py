"""The edge: one dossier as an upstream system tells it becomes one of ours, and nothing else of it comes in.

Only the twelve fields of the contract are ever read; names, phones, ID numbers and free text of the upstream system
stay outside. Where an office switched masked names on, an applicant's name becomes family name and initials here. A row
that cannot be understood is told field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.dossiers.people import masked_name
from sync.dossiers.words import Catalogue, Words
from sync.moments import NotATime, read_moment, rfc3339
from sync.text_keys import composed, key_of

# MaHoSo: unit code in either order (QCVN 102:2016, QĐ 20/2020), yyMMdd, running number. Kept as given.
CODE = re.compile(r"[0-9A-Z]{1,6}(?:\.[0-9A-Z]{1,6}){1,5}-\d{6}-\d{4,6}")
OPEN, ENDED = frozenset({1, 2, 4, 5, 6}), frozenset({9, 10})
OTHER_FIELD = "Lĩnh vực khác"

EMPTY = "is empty"
BAD_CODE = "is not a dossier code such as 000.00.53.H48-240414-0001"
BAD_PROCEDURE = "is not a procedure code such as 1.001193, nor the name of a procedure of this office"
BAD_STATUS = "is not a known status; the ten names of the national portal are understood"
BAD_CHANNEL = "is not in person, online or by post"
BAD_TIME = "is not a time; write 14/04/2024, 14/04/2024 08:05, 2024-04-14 or 20240414080500"
BAD_ANSWER = "is neither yes nor no"
NO_END = "the dossier is decided, but no day of the end is given"
ENDED_OPEN = "an end is given, but the status says that the dossier is still worked on"
END_BEFORE = "is before the day of receipt"

Dossier = dict[str, Any]
Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a field of a row; `message` is a sentence of the catalogue."""

    field: str
    message: str


class Unreadable(ValueError):
    """A row with every trouble found in it."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = list(troubles)
        super().__init__(", ".join(f"{trouble.field} {trouble.message}" for trouble in self.troubles))


class Edge:
    """Turns cells named by our fields into dossiers of the contract, in the office's words and zone.

    `named`: fields whose dossiers may carry a masked name.
    """

    def __init__(
        self, words: Words, catalogue: Catalogue, zone: ZoneInfo, named: frozenset[str] = frozenset()
    ) -> None:
        self.words = words.with_names() if named else words
        self.catalogue, self.zone, self.named = catalogue, zone, named

    def with_more(self, procedures: Iterable[tuple[str, str, str]]) -> Edge:
        """The same with an upstream catalogue of (code, name, field) behind the office's own.

        Of a procedure whose field is on no list nothing is learned.
        """
        told = [(code, name, self.field("", field)) for code, name, field in procedures]
        known = [procedure for procedure in told if procedure[2] != OTHER_FIELD]
        return Edge(self.words, self.catalogue.with_more(known), self.zone, self.named)

    def applicant(self, field: str, said: str) -> dict[str, str | None]:
        """What is told of a name, beside a dossier: nothing unless the office shows names of that field."""
        if field not in self.named:
            return {}
        return {"applicant_masked": masked_name(said, self.words.families, self.words.titles)}

    def dossier(self, cells: Cells) -> Dossier:
        """What the cells tell; optional fields that have no cell are left out. Raises Unreadable."""
        return _Reading(self, cells).dossier()

    def admitted(self, dossier: Mapping[str, Any]) -> Dossier:
        """A dossier already in the words of the contract, without anything that could name a person."""
        known = {key: dossier[key] for key in KEYS if key in dossier}
        said = str(known.get("field", ""))
        procedure = self.catalogue.procedure(str(known.get("procedure", ""))) or ""
        if "procedure" in known:
            known["procedure"] = procedure
        if "field" in known:
            known["field"] = self.field(procedure, said)
        if known.get("not_digitised_reason") is not None:
            known["not_digitised_reason"] = self.words.reason(str(known["not_digitised_reason"]))
        if isinstance(known.get("status"), int):
            known["step"] = self.words.step.get(known["status"])
        else:
            known.pop("step", None)
        return known

    def field(self, procedure: str, said: str) -> str:
        """The office's own name, else that of a listed field; any other text stays outside."""
        return self.catalogue.field(procedure, said) or self.words.field(said) or OTHER_FIELD


KEYS = (
    "code", "procedure", "field", "channel", "status", "received_at", "due_at", "finished_at", "carried_over",
    "digitised", "not_digitised_reason", "step",
)  # fmt: skip


class _Reading:
    """One row being read; troubles are gathered, not raised one by one."""

    def __init__(self, edge: Edge, cells: Cells) -> None:
        self._edge, self._cells = edge, cells
        self._troubles: list[Trouble] = []

    def dossier(self) -> Dossier:
        code, procedure = self._code(), self._procedure()
        status = self._numbered("status", self._edge.words.status, BAD_STATUS)
        channel = self._numbered("channel", self._edge.words.channel, BAD_CHANNEL)
        received, due, finished = self._times(status)
        optional = self._optional()
        if self._troubles:
            raise Unreadable(self._troubles)
        field = self._edge.field(procedure, self._text("field"))
        if "applicant" in self._cells:
            optional |= self._edge.applicant(field, self._text("applicant"))
        return {
            "code": code, "procedure": procedure, "field": field, "channel": channel, "status": status,
            "received_at": received, "finished_at": finished, "step": self._edge.words.step[status],
            **({"due_at": due} if "due_at" in self._cells else {}), **optional,
        }  # fmt: skip

    def _text(self, field: str) -> str:
        value = self._cells.get(field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return composed(str(value)) if value is not None else ""

    def _trouble(self, field: str, message: str) -> None:
        self._troubles.append(Trouble(field, message))

    def _code(self) -> str:
        text = re.sub(r"\s", "", self._text("code")).upper()
        if not CODE.fullmatch(text):
            self._trouble("code", BAD_CODE if text else EMPTY)
        return text

    def _procedure(self) -> str:
        found = self._edge.catalogue.procedure(self._text("procedure"), self._text("procedure_name"))
        if found is None:
            self._trouble("procedure" if "procedure" in self._cells else "procedure_name", BAD_PROCEDURE)
        return found or ""

    def _numbered(self, field: str, known: Mapping[str, int], message: str) -> int:
        text = key_of(self._text(field))
        if text not in known:
            self._trouble(field, message if text else EMPTY)
        return known.get(text, 0)

    def _times(self, status: int) -> tuple[str, str | None, str | None]:
        received, due = self._moment("received_at"), self._moment("due_at")
        finished = self._moment("finished_at") or self._moment("returned_at")
        if received is None and not self._about("received_at"):
            self._trouble("received_at", EMPTY)
        place = next((name for name in ("finished_at", "returned_at") if self._cells.get(name)), "finished_at")
        if finished is None and status in ENDED and not self._about("finished_at", "returned_at"):
            self._trouble("finished_at", NO_END)
        if finished is not None and status in OPEN:
            self._trouble(place, ENDED_OPEN)
        if finished is not None and received is not None and finished < received:
            if self._day(finished) < self._day(received):
                self._trouble(place, END_BEFORE)
            finished = received
        return _written(received) or "", _written(due), _written(finished)

    def _about(self, *fields: str) -> bool:
        return any(trouble.field in fields for trouble in self._troubles)

    def _moment(self, field: str) -> datetime | None:
        try:
            return read_moment(self._cells.get(field), self._edge.zone, self._edge.words.whole_day[field])
        except NotATime:
            self._trouble(field, BAD_TIME)
            return None

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(self._edge.zone).date().isoformat()

    def _optional(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in ("carried_over", "digitised"):
            answer = self._answer(field)
            if answer is not None:
                found[field] = answer
        if found.get("digitised"):
            found["not_digitised_reason"] = None
        elif "not_digitised_reason" in self._cells:
            found["not_digitised_reason"] = self._edge.words.reason(self._text("not_digitised_reason"))
        return found

    def _answer(self, field: str) -> bool | None:
        """None when nothing is told. Tables of carried-over dossiers mark them and leave the rest empty."""
        text = key_of(self._text(field))
        if field not in self._cells or (not text and field != "carried_over"):
            return None
        if text and text not in self._edge.words.yes | self._edge.words.no:
            self._trouble(field, BAD_ANSWER)
        return text in self._edge.words.yes


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
