"""One row of an exported table, or one answer of the portal, as a dossier of the contract; errors by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time

from contract.dossiers import CODE, IN_PROGRESS, RESOLVED, STEPS, DossierInput, DossierStatus, day_of_code
from contract.receipt_rules import ReceiptRule, broken_rule
from contract.records import dataclass
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.text_keys import clean_text, key_of_word
from sync.dossiers.times import InvalidTime, MonthFirst, parse_clock, parse_time, rfc3339

UNFINISHED = IN_PROGRESS | {DossierStatus.REGISTERED}

EMPTY = "is empty; fill it in, or paste formulas as values"
BAD_CODE = "is not a dossier code; write it as 000.00.53.H48-240414-0001"
NOT_ALONE = (
    "has other words beside the dossier code; write it as 000.00.53.H48-240414-0001 and put the rest into another "
    "column"
)
TWO_CODES = "has several dossier codes in one cell; give each dossier a row of its own"
NUMBER_CODE = "was made a number by the spreadsheet program; export the list anew, or make its column text"
NO_PROCEDURE = "is empty; fill it in, and take merged cells apart first"
BAD_PROCEDURE = (
    "is not a procedure of this office; write a code such as 1.001193, or have the procedure added to the configuration"
)
BAD_STATUS = "is not a known status; teach the word at /admin/dossiers, or write a name of the national portal"
BAD_CHANNEL = "is not in person, online, by post or VNeID; mend it, or teach the word at /admin/dossiers"
BAD_TIME = "is not a time; write 14/04/2024, 14/04/2024 08:05, 2024-04-14 or 20240414080500"
BAD_ANSWER = "is neither yes nor no; write one of them, or leave it empty"
NO_END = "the dossier is decided, but no day of the end is given; write that day"
ENDED_OPEN = (
    "an end is given, but the status says that the dossier is still worked on; mend the status, or take the day away"
)
END_BEFORE = "is before the day of receipt; mend the day that is wrong"
DUE_BEFORE = "is before the day of receipt; mend the day that is wrong"
SWAPPED = (
    "day and month are swapped: the dossier code names another day; export the table anew and do not let the "
    "spreadsheet program change the dates"
)
MONTH_FIRST = (
    "day and month are swapped: there is no such month; export the table anew and do not let the spreadsheet program "
    "change the dates"
)
OTHER_DAY = "is far from the day in the dossier code; mend the day or the code"
IN_FUTURE = "lies in the future; mend the day, or this machine's clock"
FIRST_YEAR = 1900  # of a spreadsheet's count
MOST_DAYS_FROM_CODE = 180  # a code is given at registration; reception may wait for papers
HOURS = {
    "received_at": "received_hour",
    "due_at": "due_hour",
    "finished_at": "finished_hour",
    "returned_at": "returned_hour",
}
DASHES = frozenset("-–—_./")
_MADE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:E\+?\d+)?")  # 1.2E+15
_WORD = re.compile(r"[^\W\d_]{2}")
_DAY_AND_NUMBER = re.compile(r"-\d{6}-")
HYPHENS = str.maketrans("‐‑–—−", "-----")  # what office programs make of the hyphens in a code
YES_SIGNS, NO_SIGNS = frozenset("✓✔√☑✅"), frozenset("☐✗✘")


KeepsChannel = Callable[[str, date, ReceiptRule], bool]


def keeps_none(_code: str, _day: date, _rule: ReceiptRule) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field of a row; `message` is a sentence of the catalogue, or one for people."""

    field: str
    message: str


class InvalidRow(ValueError):
    """A row that is no dossier, with every error in it."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = list(errors)
        super().__init__(", ".join(f"{error.field} {error.message}" for error in self.errors))


def parse_row(
    cells: Mapping[str, object],
    sanitizer: DossierSanitizer,
    today: date | None = None,
    keeps: KeepsChannel = keeps_none,
) -> DossierInput:
    """The dossier of a row whose cells are named by our fields; optional fields that have no cell are left out.

    Beside the contract's fields, cells may be named "procedure_name", "returned_at", "applicant" and the hours of
    HOURS. `today`: the local date, when it is known. `keeps`: whether the dossier of a code and day is known, so that
    its channel stays where the row says one that there was not on that day. Raises InvalidRow.
    """
    return _RowParser(cells, sanitizer, today, keeps).dossier()


class _RowParser:
    """Gathers the errors of a row instead of raising them one by one."""

    def __init__(
        self, cells: Mapping[str, object], sanitizer: DossierSanitizer, today: date | None, keeps: KeepsChannel
    ) -> None:
        self._cells, self._sanitizer, self._today, self._keeps = cells, sanitizer, today, keeps
        self._vocabulary = sanitizer.vocabulary
        self._errors: list[FieldError] = []

    def dossier(self) -> DossierInput:
        code, procedure = self._code(), self._procedure()
        status = self._number("status", self._vocabulary.status, BAD_STATUS)
        dossier: DossierInput = {
            "code": code,
            "procedure": procedure,
            "field": self._sanitizer.field(procedure, self._text("field")),
            "status": status,
            "step": STEPS.get(status, ""),
        }
        if "channel" in self._cells:
            dossier["channel"] = self._number("channel", self._vocabulary.channel, BAD_CHANNEL)
        self._add_times(dossier)
        self._add_digitisation(dossier)
        if self._errors:
            raise InvalidRow(self._errors)
        if "applicant" in self._cells and self._sanitizer.masks_applicants_of(dossier["field"]):
            dossier["applicant_masked"] = self._sanitizer.masked_applicant(self._text("applicant"))
        return dossier

    def _text(self, field: str) -> str:
        value = self._cells.get(field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return clean_text(str(value)) if value is not None else ""

    def _report(self, field: str, message: str) -> None:
        self._errors.append(FieldError(field, message))

    def _is_reported(self, *fields: str) -> bool:
        return any(error.field in fields for error in self._errors)

    def _code(self) -> str:
        text = re.sub(r"\s", "", self._text("code")).upper().translate(HYPHENS)
        if not CODE.fullmatch(text):
            self._report("code", _wrong_code(text))
        return text

    def _procedure(self) -> str:
        code = self._sanitizer.catalogue.procedure(self._text("procedure"), self._text("procedure_name"))
        if code is None:
            column = "procedure" if "procedure" in self._cells else "procedure_name"
            is_given = self._text("procedure") or self._text("procedure_name")
            self._report(column, BAD_PROCEDURE if is_given else NO_PROCEDURE)
        return code or ""

    def _number(self, field: str, numbers: Mapping[str, int], message: str) -> int:
        key = key_of_word(self._text(field))
        if key not in numbers:
            self._report(field, message if key else EMPTY)
        return numbers.get(key, 0)

    def _add_times(self, dossier: DossierInput) -> None:
        received, due = self._time("received_at"), self._time("due_at")
        finished = self._time("finished_at") or self._time("returned_at")
        if received is None and not self._is_reported("received_at"):
            self._report("received_at", EMPTY)
        self._check_end(dossier["status"], received, finished)
        self._check_days(dossier["code"], received, due, finished)
        self._check_receipt(dossier, received)
        if finished is not None and received is not None:
            finished = max(finished, received)  # on the day of receipt
        dossier["received_at"] = _text_of(received) or ""
        dossier["finished_at"] = _text_of(finished)
        if "due_at" in self._cells:
            dossier["due_at"] = _text_of(due)

    def _check_end(self, status: int, received: datetime | None, finished: datetime | None) -> None:
        column = next((name for name in ("finished_at", "returned_at") if self._cells.get(name)), "finished_at")
        if finished is None:
            if status in RESOLVED and not self._is_reported("finished_at", "returned_at"):
                self._report("finished_at", NO_END)
            return
        if status in UNFINISHED:
            self._report(column, ENDED_OPEN)
        if received is not None and self._day(finished) < self._day(received):
            self._report(column, END_BEFORE)

    def _check_days(
        self, code: str, received: datetime | None, due: datetime | None, finished: datetime | None
    ) -> None:
        """A row is held against its own code, the order of its dates and today."""
        if received is None:
            return
        day, of_code = self._day(received), day_of_code(code)
        if of_code is not None and day != of_code:
            if _swapped(day) == of_code:
                self._report("received_at", SWAPPED)
                return
            if abs((day - of_code).days) > MOST_DAYS_FROM_CODE:
                self._report("received_at", OTHER_DAY)
        if due is not None and self._day(due) < day:
            self._report("due_at", DUE_BEFORE)
        if self._today is None:
            return
        if day > self._today and day != of_code:
            self._report("received_at", IN_FUTURE)
        if finished is not None and self._day(finished) > max(self._today, day):
            self._report("finished_at" if self._cells.get("finished_at") else "returned_at", IN_FUTURE)

    def _check_receipt(self, dossier: DossierInput, received: datetime | None) -> None:
        """What there was not on the day of receipt cannot be true of the dossier."""
        if received is None or "channel" not in dossier:
            return
        day = self._day(received)
        rule = broken_rule({"channel": dossier["channel"]}, day)
        if rule is None:
            return
        if self._keeps(dossier["code"], day, rule):
            del dossier["channel"]
        else:
            self._report(rule.field, rule.told(day))

    def _time(self, field: str) -> datetime | None:
        value = self._cells.get(field)
        if _is_no_time(value, self._vocabulary.no_time):
            return None
        try:
            return parse_time(value, self._sanitizer.zone, self._hour(field))
        except MonthFirst:
            self._report(field, MONTH_FIRST)
        except InvalidTime:
            self._report(field, BAD_TIME)
        return None

    def _hour(self, field: str) -> time:
        """Of a date without one: from a column of hours, else as the office has it."""
        return parse_clock(self._cells.get(HOURS[field])) or self._vocabulary.whole_day[field]

    def _day(self, time: datetime) -> date:
        return time.astimezone(self._sanitizer.zone).date()

    def _add_digitisation(self, dossier: DossierInput) -> None:
        carried_over, digitised = self._yes_or_no("carried_over"), self._yes_or_no("digitised")
        if carried_over is not None:
            dossier["carried_over"] = carried_over
        if digitised is not None:
            dossier["digitised"] = digitised
        if digitised:
            dossier["not_digitised_reason"] = None
        elif "not_digitised_reason" in self._cells:
            dossier["not_digitised_reason"] = self._vocabulary.reason(self._text("not_digitised_reason"))

    def _yes_or_no(self, field: str) -> bool | None:
        """None when nothing is said. Tables of carried-over dossiers mark them and leave the rest empty."""
        text = self._text(field)
        if text and set(text) <= YES_SIGNS | NO_SIGNS:
            return not set(text) & NO_SIGNS
        key = key_of_word(text)
        if field not in self._cells or (not key and field != "carried_over"):
            return None
        if key and key not in self._vocabulary.yes | self._vocabulary.no:
            self._report(field, BAD_ANSWER)
        return key in self._vocabulary.yes


def _wrong_code(text: str) -> str:
    if not text or _MADE_NUMBER.fullmatch(text):
        return NUMBER_CODE if text else EMPTY
    if len(_DAY_AND_NUMBER.findall(text)) > 1:
        return TWO_CODES
    rest, found = CODE.subn("", text, count=1)
    return NOT_ALONE if found and _WORD.search(rest) else BAD_CODE


def _is_no_time(value: object, words: frozenset[str]) -> bool:
    """A word that says so, or day 0 or 1 of a spreadsheet's count, which an empty cell turns into."""
    if isinstance(value, str):
        return key_of_word(value) in words if key_of_word(value) else set(value.strip()) <= DASHES
    if isinstance(value, date):
        return value.year <= FIRST_YEAR
    return value in {0, 1}


def _text_of(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)


def _swapped(day: date) -> date | None:
    """Day and month exchanged, as a spreadsheet under American settings reads 05/04."""
    return date(day.year, day.day, day.month) if day.day <= 12 else None
