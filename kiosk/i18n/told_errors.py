"""An error that is told to people, within a sentence of a part that has its own mouth."""

from __future__ import annotations

from collections.abc import Callable

from contract.told_error import ToldError
from kiosk.i18n.system_words import refusal_of_system


def sentence_of(error: ToldError, words: Callable[[str], str]) -> str:
    """Its sentence by `words`, which translates; errors within it by their own sentences."""
    return words(error.reason).format(**{name: _fact(value, words) for name, value in error.facts.items()})


def _fact(value: object, words: Callable[[str], str]) -> object:
    if isinstance(value, ToldError):
        return sentence_of(value, words)
    if isinstance(value, OSError):
        sentence = refusal_of_system(value)
        return f"{value.filename}: {sentence}" if value.filename is not None else sentence
    return value
