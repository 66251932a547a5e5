"""A call as a sequence of clips, language after language. Pure: where clips come from is the caller's business."""

from __future__ import annotations

import array
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from contract.records import dataclass
from display_board.state.board import BoardCall
from display_board.voices.phrases import TO_COUNTER, VIETNAMESE, Manner, call
from display_board.voices.settings import Settings
from display_board.voices.sound import Samples, silence

SIGN_GAP_S = 0.08
PART_GAP_S = 0.12
COUNTER_GAP_S = 0.22
LANGUAGE_GAP_S = 0.6

Find: TypeAlias = "Callable[[str, str], Samples | None]"


@dataclass(frozen=True, slots=True)
class ClipPart:
    """Phrases that belong together and are said in one language: a number is never half Hrê, half Vietnamese."""

    language: str
    keys: tuple[str, ...]


def parts(language: str, called: BoardCall, manner: Manner, has: Callable[[str, str], bool]) -> tuple[ClipPart, ...]:
    """A call in a language; a part with a missing clip is said in Vietnamese as a whole."""
    own = call(language, called.number, called.counter, manner)
    vietnamese = call(VIETNAMESE, called.number, called.counter, manner)
    return tuple(
        ClipPart(language, keys) if all(has(language, key) for key in keys) else ClipPart(VIETNAMESE, fallback)
        for keys, fallback in zip(own, vietnamese, strict=True)
    )


def sentences(
    called: BoardCall, settings: Settings, has: Callable[[str, str], bool]
) -> tuple[tuple[ClipPart, ...], ...]:
    """One sentence a language, none twice: a language without a clip of its own would only repeat the Vietnamese."""
    order = settings.order(called.language)
    return tuple(dict.fromkeys(parts(language, called, settings.manner, has) for language in order))


def joined(sentences: Iterable[Sequence[ClipPart]], clip: Find) -> Samples | None:
    """The sentences with their pauses; None when a clip is missing in Vietnamese too, since half a call misleads."""
    samples = array.array("h")
    for turn, sentence in enumerate(sentences):
        if turn:
            samples.extend(silence(LANGUAGE_GAP_S))
        for at, part in enumerate(sentence):
            if at:
                samples.extend(silence(COUNTER_GAP_S if TO_COUNTER in part.keys else PART_GAP_S))
            piece = _part(part, clip)
            if piece is None:
                return None
            samples.extend(piece)
    return samples or None


def _part(part: ClipPart, clip: Find) -> Samples | None:
    samples = array.array("h")
    for at, key in enumerate(part.keys):
        piece = clip(part.language, key)
        if piece is None:
            return None
        if at:
            samples.extend(silence(SIGN_GAP_S))
        samples.extend(piece)
    return samples
