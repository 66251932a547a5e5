"""The words of a slip in a citizen's language: the office's own, else the catalogue's, else Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass

from config.schema import Configuration, ServiceSection
from config.slip_words import SlipWords
from kiosk.web.wording import DEFAULT, translate_in

SENTENCES = {
    "title": "QUEUE TICKET", "go_to_counter": "Go to counter", "counter": "Counter", "either": "or",
    "ahead": "{count} people before you", "nobody_ahead": "No waiting", "session": "Session: {session}",
    "morning": "Morning", "afternoon": "Afternoon", "follow": "Scan the square to follow your number",
    "follow_short": "Scan: see your number", "keep": "Please keep this slip and wait for your call.",
    "keep_short": "Please keep this slip.", "again": "Printed again",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """`given`: what the office configured for the language."""

    language: str
    given: SlipWords

    def say(self, key: str) -> str:
        return str(getattr(self.given, key)) or translate_in("slips", SENTENCES[key], self.language)

    def office(self, configuration: Configuration) -> str:
        """Its name as it stands at the head, in capitals."""
        return (self.given.office or configuration.office.name).upper()

    def service(self, service: ServiceSection) -> str:
        return self.given.services.get(service.code) or service.name


def words_for(configuration: Configuration, language: str = DEFAULT) -> Words:
    return Words(language, configuration.slip_words.get(language, SlipWords()))
