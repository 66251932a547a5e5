"""What a take is laid beside: the machine's own voice, the same person's other clips, and what a recogniser hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from display_board.voices.espeak import Espeak, Prosody
from display_board.voices.judging import SpokenPhrase, check_words, judge
from display_board.voices.likeness import features
from display_board.voices.packs import RECORDED, PackError, PackFolder
from display_board.voices.recogniser import Recogniser
from display_board.voices.wav import parse_clip

NEAR = 12  # phrases before and behind, in the order in which they are recorded
# The thresholds were set with these voices, whatever voice the office hears.
PLAIN = {"vi": Prosody("vi", 135), "en": Prosody("en-gb", 150)}
SPEECH_ROOM = 2.0  # a phrase of half or twice the length is no rival


def near(phrases: Mapping[str, str], key: str) -> dict[str, str]:
    """A phrase and those around it: with them a take may be exchanged. Empty when there is no such phrase."""
    keys = list(phrases)
    if key not in phrases:
        return {}
    at = keys.index(key)
    return {name: phrases[name] for name in keys[max(0, at - NEAR) : at + NEAR + 1]}


class TakeChecks:
    """`phrases`: words by key in the order of the studio, at least those around a take's own."""

    def __init__(self, shelf: PackFolder, language: str, phrases: Mapping[str, str], recogniser: Recogniser) -> None:
        self._shelf = shelf
        self._language = language
        self._phrases = phrases
        self._espeak = Espeak(spoken=PLAIN)
        self._recogniser = recogniser
        self._read: dict[str, SpokenPhrase | None] = {}

    def check(self, key: str, speaker: str, clip: Sequence[int]) -> None:
        """Raises UnusableRecording."""
        heard = self._recogniser.hears(self._language, clip)
        is_heard = heard is not None and check_words(self._phrases[key], heard)
        own = self._spoken(key)
        others = () if is_heard else self._others(key)
        judge(clip, None if own is None else own.features, others, self._recorded_by(speaker, key, clip))

    def _spoken(self, key: str) -> SpokenPhrase | None:
        if key not in self._read:
            word = self._espeak.word(self._language, key, self._phrases[key])
            self._read[key] = None if word is None else SpokenPhrase(self._phrases[key], features(word.samples))
        return self._read[key]

    def _others(self, key: str) -> Iterator[SpokenPhrase]:
        """Phrases around it with other words that are about as long."""
        own = self._phrases[key]
        for other, words in near(self._phrases, key).items():
            lengths = sorted((len(own.split()), len(words.split())))
            if words.casefold() != own.casefold() and lengths[1] <= SPEECH_ROOM * lengths[0]:
                spoken = self._spoken(other)
                if spoken is not None:
                    yield spoken

    def _recorded_by(self, speaker: str, key: str, clip: Sequence[int]) -> Iterator[SpokenPhrase]:
        """What the same person recorded of phrases with other words, as long as this take at most twofold."""
        clips = self._shelf.pack_or_empty(self._language).clips
        for one in (clips[other] for other in near(self._phrases, key) if other in clips and other != key):
            if (one.origin, one.speaker) != (RECORDED, speaker) or one.text.casefold() == self._phrases[key].casefold():
                continue
            try:
                samples = parse_clip(self._shelf.read(self._language, one))
            except (PackError, ValueError):
                continue
            if max(len(samples), len(clip)) <= SPEECH_ROOM * min(len(samples), len(clip)):
                yield SpokenPhrase(one.text, features(samples))
