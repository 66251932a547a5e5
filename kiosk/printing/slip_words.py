"""The words of a slip in a citizen's language: the office's own, else the catalogue's, else Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from config.schema import Configuration, ServiceSection
from config.slip_words import SlipWords
from contract.catalogues import DEFAULT_LANGUAGE
from contract.records import dataclass
from kiosk.i18n.catalogues import catalogue
from kiosk.i18n.office_texts import texts_in

SENTENCES = {
    "title": "QUEUE TICKET",
    "go_to_counter": "Go to counter",
    "counter": "Counter",
    "either": "or",
    "ahead": "{count} people before you",
    "nobody_ahead": "No waiting",
    "session": "Session: {session}",
    "morning": "Morning",
    "afternoon": "Afternoon",
    "follow": "Scan the square to follow your number",
    "follow_short": "Scan: see your number",
    "keep": "Please keep this slip and wait for your call.",
    "keep_short": "Please keep this slip.",
    "again": "Printed again",
}


def translate(text: str, language: str = DEFAULT_LANGUAGE) -> str:
    """A sentence of the slips' catalogue."""
    return catalogue("slips").translate(text, language)


@dataclass(frozen=True, slots=True)
class SlipWording:
    """`given`: what the office configured for the language; `texts`: what it calls other things there."""

    language: str
    given: SlipWords
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """`key`: of SENTENCES."""
        return str(getattr(self.given, key)) or translate(SENTENCES[key], self.language)

    def office(self, configuration: Configuration) -> str:
        """Its name as it stands at the head, in capitals."""
        return (self.given.office or configuration.office.name).upper()

    def service(self, service: ServiceSection) -> str:
        return self.given.services.get(service.code) or self.texts.get(service.name) or service.name


def wording_for(configuration: Configuration, language: str = DEFAULT_LANGUAGE) -> SlipWording:
    texts = {} if language == DEFAULT_LANGUAGE else texts_in(configuration, language)
    return SlipWording(language, configuration.slip_words.get(language, SlipWords()), texts)
