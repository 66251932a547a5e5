"""A finding: one sentence on one part of the office, and what to do when it is not well. Pure but for the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.web.wording import DEFAULT, translate, translate_in

ROOM = "doctor"


class Mark(Enum):
    """`LOOK`: the office works, somebody should see to it. `BROKEN`: something does not work."""

    WELL = "✓"
    LOOK = "!"
    BROKEN = "×"


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    part: str
    text: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Makes findings of one part in the language of whoever reads them: "vi", or "en" as the code has it."""

    part: str
    language: str = DEFAULT

    def well(self, text: str, **values: object) -> Finding:
        return Finding(Mark.WELL, self.title, self.say(text, **values))

    def look(self, text: str, todo: str, **values: object) -> Finding:
        return Finding(Mark.LOOK, self.title, self.say(text, **values), self.say(todo, **values))

    def broken(self, text: str, todo: str, **values: object) -> Finding:
        return Finding(Mark.BROKEN, self.title, self.say(text, **values), self.say(todo, **values))

    @property
    def title(self) -> str:
        return self.say(self.part)

    def say(self, text: str, **values: object) -> str:
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return self.words(text).format(**shown)

    def words(self, text: str) -> str:
        """A sentence of this room, or of another that has it."""
        if self.language == "en" or not text:
            return text
        own = translate_in(ROOM, text, self.language)
        return own if own != text else translate(text, self.language)

    def number(self, count: int) -> str:
        return f"{count:,}" if self.language == "en" else f"{count:,}".replace(",", ".")
