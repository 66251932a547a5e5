"""Bodies and answers about voices."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from typing_extensions import TypedDict

from kiosk.domain.voices import LanguageStudio
from kiosk.web.http.models import Body, ShortText


class QuietBody(Body):
    quiet: bool


class SpeakerBody(Body):
    speaker: ShortText
    licence: ShortText


class PublishedPackAnswer(TypedDict):
    """`clips`: hash of the content by phrase."""

    language: str
    speaker: str
    licence: str
    clips: dict[str, str]


class VoiceSettingsAnswer(TypedDict):
    """How calls are spoken. `volumes`: [since HH:MM, percent]; `folk`, `whole`, `odd`: names of people and numbers."""

    languages: list[str]
    ticket_language: bool
    volume: int
    volumes: list[list[str | int]]
    quiet: bool
    timezone: str
    folk: str
    whole: bool
    odd: str
    letters: list[str]
    counters: list[str]


class VoicesAnswer(TypedDict):
    settings: VoiceSettingsAnswer
    packs: list[PublishedPackAnswer]


class LoudnessAnswer(TypedDict):
    """How loud pages speak. `volumes`: [since HH:MM, percent]; `quiet`: they speak only when they are asked to."""

    volume: int
    volumes: list[list[str | int]]
    quiet: bool
    timezone: str


class PromptsAnswer(TypedDict):
    """What a page can say. `texts`: words by phrase, of each language that is written; `clips`: hash of the content
    by phrase, of each language.
    """

    settings: LoudnessAnswer
    texts: dict[str, dict[str, str]]
    clips: dict[str, dict[str, str]]


class LanguageAnswer(TypedDict):
    """Phrases needed, ready, and recorded by a person. `machine`: a synthetic voice can read them."""

    language: str
    needed: int
    ready: int
    recorded: int
    machine: bool


class LanguagesAnswer(TypedDict):
    languages: list[LanguageAnswer]
    quiet: bool


class ClipAnswer(TypedDict):
    """`origin`: recorded or synthetic; `text`: what it says; `by_ear`: refused by the comparison, heard and kept."""

    sha256: str
    milliseconds: int
    origin: str
    text: str
    speaker: str
    by_ear: bool


class PhraseAnswer(TypedDict):
    key: str
    text: str
    needed: bool
    clip: ClipAnswer | None


class LanguageStudioAnswer(LanguageAnswer):
    """`phrases` in the order in which they are recorded."""

    speaker: str
    licence: str
    phrases: list[PhraseAnswer]


def studio_answer(studio: LanguageStudio) -> LanguageStudioAnswer:
    answer = asdict(studio)
    return cast(LanguageStudioAnswer, {**answer.pop("progress"), **answer})


class ClipMadeAnswer(TypedDict):
    sha256: str
    milliseconds: int


class BuiltAnswer(TypedDict):
    """How many clips the machine made, how many it kept, and how many are still to be made by the same call."""

    made: int
    kept: int
    left: int


class PackInstalledAnswer(TypedDict):
    language: str
    phrases: int
    speaker: str
    licence: str
