"""Whether a take says its phrase: it is laid beside what the machine says, and beside what the same person said before.

The machine's voice is another voice than the speaker's, so no distance says much by itself. Phrases are compared: a
take that fits another phrase clearly better than its own was exchanged; one that fits a part of its own phrase clearly
better than the whole of it was cut off.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from contract.records import dataclass
from display_board.voices.likeness import Features, aligned, distance, features
from display_board.voices.recording import UnusableRecording

EXCHANGED, EXCHANGED_WORD = 0.92, 0.87  # another phrase, or another single word, fits so much better than its own
CUT_OFF = 0.93  # a part of the phrase fits so much better than the whole of it
CUT_AND_SHORT = 1.9  # the same and the share of the machine's time together: 1 and 1 for a take like the machine's
SAME_TAKE = 2.0  # two takes of one phrase by one person are at most so far apart
LEAST_WORDS = 3  # a recogniser is asked about whole phrases: it guesses single words
HEARD, UNHEARD = 0.6, 0.34  # shares of the words


@dataclass(frozen=True, slots=True)
class SpokenPhrase:
    """A phrase as a machine or a person says it."""

    words: str
    features: Features


def judge(
    take: Sequence[int], own: Features | None, others: Iterable[SpokenPhrase], before: Iterable[SpokenPhrase]
) -> None:
    """`own`: the phrase as the machine says it, None where no machine speaks the language; `others`: further phrases
    of the machine; `before`: what the speaker recorded of other phrases. Raises UnusableRecording.
    """
    heard = features(take)
    _check_against_takes(heard, before)
    if own is None:
        return
    fit = aligned(heard, own)
    part = min(fit.without_start, fit.without_end) / fit.whole
    if part < CUT_OFF or part + len(heard) / len(own) < CUT_AND_SHORT:
        side = "beginning" if fit.without_start < fit.without_end else "end"
        raise UnusableRecording("incomplete", f"a part of the phrase seems to be missing, at its {side}")
    for other in others:
        margin = EXCHANGED if " " in other.words else EXCHANGED_WORD
        if distance(heard, other.features) < margin * fit.whole:
            raise UnusableRecording("another", f"this sounds like “{other.words}”", other.words)


def _check_against_takes(heard: Features, before: Iterable[SpokenPhrase]) -> None:
    for other in before:
        if distance(heard, other.features) < SAME_TAKE:
            raise UnusableRecording("another", f"this sounds like the take of “{other.words}”", other.words)


def share_heard(words: str, heard: str) -> float:
    """How many of the words a recogniser heard, in their order, 0 to 1; marks and capitals do not count."""
    wanted, given = plain(words), plain(heard)
    row = [0] * (len(given) + 1)
    for word in wanted:
        before, row = row, [0]
        for at, other in enumerate(given):
            row.append(max(before[at] + (word == other), before[at + 1], row[at]))
    return row[-1] / max(1, len(wanted))


def check_words(words: str, heard: str) -> bool:
    """Whether a recogniser heard the phrase; False: it heard too little to say. Raises UnusableRecording."""
    share = share_heard(words, heard)
    if len(plain(words)) >= LEAST_WORDS and share < UNHEARD:
        raise UnusableRecording("unclear", f"the recogniser heard “{heard}”", heard)
    return share >= HEARD


def plain(text: str) -> list[str]:
    """The words of a text without marks and capitals: "Đến quầy" is ["den", "quay"]."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in letters if sign.isalnum() or sign.isspace()).split()
