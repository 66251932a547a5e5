"""Packs read by a machine: which phrases are still to be made, and by which program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from contract.records import dataclass
from display_board.voices.espeak import Espeak
from display_board.voices.packs import SYNTHETIC as BY_MACHINE
from display_board.voices.packs import Clip, PackError, PackFolder, clip_for
from display_board.voices.phrases import Manner, needed
from display_board.voices.piper import Piper
from display_board.voices.sound import Samples

ESPEAK, PIPER = "espeak", "piper"
ENGINES = (ESPEAK, PIPER)


class Machine(Protocol):
    """A program that reads phrases. `most_at_once`: phrases of one round, so that nobody waits for minutes."""

    licence: str
    most_at_once: int

    def speaker(self, language: str) -> str:
        """Which voice it is; another one makes all clips anew."""

    def hindrance(self, language: str) -> PackError | None:
        """Why it cannot read this language; None when it can."""

    def clips(self, language: str, phrases: Mapping[str, str]) -> Iterator[tuple[str, Samples]]:
        """Each phrase, by its key, as a clip. Raises PackError when one cannot be said."""


def machine_for(language: str, model: str, program: str, engine: str | None = None) -> Machine:
    """The program that reads a language: piper where the office has a model of it, else espeak-ng.

    `model`: a file, "" for none; `engine` leaves no choice. Raises PackError when a model is wanted and cannot be read.
    """
    if engine == ESPEAK or (engine is None and not model):
        return Espeak()
    piper = Piper(model, program)
    return piper if engine == PIPER or piper.language == language else Espeak()


@dataclass(frozen=True, slots=True)
class Built:
    """Clips made, recorded ones kept, and phrases left for the next time."""

    made: int
    kept: int
    left: int


def build(
    shelf: PackFolder, language: str, phrases: Mapping[str, str], machine: Machine, most: int | None = None
) -> Built:
    """Makes at most `most` of the phrases that nobody recorded and that are not made yet with these words.

    Raises PackError without a voice for the language.
    """
    if (hindrance := machine.hindrance(language)) is not None:
        raise hindrance
    speaker = machine.speaker(language)
    clips = shelf.pack_or_empty(language).clips
    kept = [key for key in phrases if key in clips and clips[key].origin != BY_MACHINE]
    is_made = [key for key, words in phrases.items() if key in clips and _says(clips[key], words, speaker)]
    todo = [key for key in phrases if key not in {*kept, *is_made}]
    now = {key: phrases[key] for key in todo[: most or machine.most_at_once]}
    made = [
        (key, clip_for(key, samples, BY_MACHINE, now[key], speaker, machine.licence))
        for key, samples in machine.clips(language, now)
    ]
    with shelf.changing(language) as change:
        for key, (clip, data) in made:
            before = change.pack.clips.get(key)
            if before is None or before.origin == BY_MACHINE:
                change.put(key, clip, data)
    return Built(len(made), len(kept), len(todo) - len(made))


def _says(clip: Clip, words: str, speaker: str) -> bool:
    return clip.origin == BY_MACHINE and clip.text == words and clip.speaker == speaker


def missing(shelf: PackFolder, language: str, manner: Manner) -> tuple[str, ...]:
    """Phrases a call of this office needs and the pack has not. Raises PackError when the pack is broken."""
    pack = shelf.pack(language)
    return tuple(key for key in needed(language, manner) if key not in pack.clips)
