"""A result: one sentence on one part of the office, and what to do when it is not well. Pure but for the words."""

from __future__ import annotations

from enum import Enum

from contract.catalogues import DEFAULT_LANGUAGE, grouped
from contract.records import dataclass
from kiosk.i18n.catalogues import DOMAINS, catalogue

SENTENCES = catalogue("doctor", *DOMAINS)  # its own wording first: short words mean different things elsewhere


class Mark(Enum):
    """`LOOK`: the office works, somebody should see to it. `BROKEN`: something does not work."""

    WELL = "✓"
    LOOK = "!"
    BROKEN = "×"


@dataclass(frozen=True, slots=True)
class CheckResult:
    mark: Mark
    part: str
    text: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class PartReport:
    """Makes findings of one part in the language of whoever reads them: "vi", or "en" as the code has it."""

    part: str
    language: str = DEFAULT_LANGUAGE

    def well(self, text: str, **values: object) -> CheckResult:
        return CheckResult(Mark.WELL, self.title, self.say(text, **values))

    def look(self, text: str, todo: str, **values: object) -> CheckResult:
        return CheckResult(Mark.LOOK, self.title, self.say(text, **values), self.say(todo, **values))

    def broken(self, text: str, todo: str, **values: object) -> CheckResult:
        return CheckResult(Mark.BROKEN, self.title, self.say(text, **values), self.say(todo, **values))

    @property
    def title(self) -> str:
        return self.say(self.part)

    def say(self, text: str, **values: object) -> str:
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return self.words(text).format(**shown)

    def words(self, text: str) -> str:
        """The sentence in the reader's language, its braces unfilled."""
        return text if self.language == "en" else SENTENCES.translate(text, self.language)

    def number(self, count: int) -> str:
        return f"{count:,}" if self.language == "en" else grouped(count)
