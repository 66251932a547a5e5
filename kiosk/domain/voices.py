"""What the studio shows and answers about the voices of an office."""

from __future__ import annotations

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class VoiceProgress:
    """Phrases of one language: how many calls need, have, and have from a person.

    `machine`: a synthetic voice can read them.
    """

    language: str
    needed: int
    ready: int
    recorded: int
    machine: bool


@dataclass(frozen=True, slots=True)
class PhraseClip:
    """A clip in use. `sha256` of its content; `origin`: recorded or synthetic; `text`: what it says.

    `by_ear`: the comparison refused it, an administrator heard it and put it on air.
    """

    sha256: str
    milliseconds: int
    origin: str
    text: str
    speaker: str
    by_ear: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to record; `clip` is None while nobody and nothing speaks it."""

    key: str
    text: str
    needed: bool
    clip: PhraseClip | None


@dataclass(frozen=True, slots=True)
class LanguageStudio:
    """A language in the studio; `phrases` in the order in which they are recorded."""

    progress: VoiceProgress
    speaker: str
    licence: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class RecordedClip:
    """A recording that became a clip: hash of its content, length in milliseconds."""

    sha256: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class BuiltClips:
    """How many clips the machine made, how many recorded ones it kept, and how many are still to be made."""

    made: int
    kept: int
    left: int


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack that came from a file; `phrases`: how many clips it holds."""

    language: str
    phrases: int
    speaker: str
    licence: str
