"""The satisfaction survey: which answers exist and when a ticket may be rated."""

from __future__ import annotations

from collections.abc import Mapping

from contract.records import dataclass
from contract.tickets import TicketState
from kiosk.domain.errors import AlreadyRated, BadRequest, NotServed, TooLate
from kiosk.domain.ticket import Ticket

MAX_TAP_AGE_MS = 24 * 3600_000  # of a rating that comes in time; one that says of itself that it is late may be older
LATE_TAP_AGE_MS = 30 * 24 * 3600_000
REASONS_WINDOW_MS = 60_000
REMARK_WINDOW_MS = 10 * 60_000


@dataclass(frozen=True, slots=True)
class FurtherQuestion:
    """A question of the optional second page; `choices`: their names by code, best first.

    `criterion`: which of the nine of Thông tư 01/2018/TT-VPCP it answers, None for a question of the office's own.
    """

    code: str
    name: str
    choices: Mapping[str, str]
    criterion: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """One question with its levels (3 or 5, best first), the reasons offered after the worst, and `further` ones, of
    which none need be answered. `voice_remark`: the tablet takes a few spoken words.
    """

    question: str
    levels: tuple[str, ...]
    reasons: frozenset[str] = frozenset()
    window_ms: int = 15 * 60_000
    further: tuple[FurtherQuestion, ...] = ()
    voice_remark: bool = False

    def check_answers(self, answers: Mapping[str, str], reasons: list[str]) -> None:
        """Raises BadRequest for a question, level or reason that the configuration does not hold."""
        further = {one.code: one.choices for one in self.further}
        if self.question not in answers or not answers.keys() <= {self.question, *further}:
            beside = f", beside it only {', '.join(further)}" if further else ""
            raise BadRequest(f'answers must hold exactly the question "{self.question}"{beside}')
        level = answers[self.question]
        if level not in self.levels:
            raise BadRequest(f'"{level}" is not a level; levels: {", ".join(self.levels)}')
        for code, choices in further.items():
            if code in answers and answers[code] not in choices:
                raise BadRequest(f'"{answers[code]}" does not answer "{code}"; choices: {", ".join(choices)}')
        self.check_reasons(reasons)

    def check_reasons(self, reasons: list[str]) -> None:
        unknown = sorted(set(reasons) - self.reasons)
        if unknown:
            raise BadRequest(f"unknown reasons: {', '.join(unknown)}")
        if len(set(reasons)) != len(reasons):
            raise BadRequest("a reason stands twice")

    def check_ratable(self, ticket: Ticket, tapped_at: int) -> None:
        """Raises NotServed, AlreadyRated or TooLate; `tapped_at` in ms since 1970."""
        if ticket.state is not TicketState.COMPLETED or ticket.ended_at is None:
            raise NotServed(f"{ticket.number} is {ticket.state}, its service has not ended", number=ticket.number)
        if ticket.rated:
            raise AlreadyRated(f"{ticket.number} has been rated", number=ticket.number)
        if tapped_at - ticket.ended_at > self.window_ms:
            minutes = self.window_ms // 60_000
            raise TooLate(f"{ticket.number} was served more than {minutes} minutes ago", number=ticket.number)
