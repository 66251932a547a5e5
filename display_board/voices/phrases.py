"""The phrases of a pack, how they are written, and how a synthesiser must read them. Pure."""

from __future__ import annotations

import string
from collections.abc import Iterable

from contract.records import dataclass
from display_board.state.speech import DIGITS, LETTERS
from display_board.voices.reading import WHOLE, counter, digit, letter, ticket_number

VIETNAMESE = "vi"
SYNTHETIC = ("vi", "en")
INVITE, TO_COUNTER = "invite", "counter"
ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
VIETNAMESE_WORDS = {
    "ten": "mười",
    "tens": "mươi",
    "one": "mốt",
    "four": "tư",
    "five": "lăm",
    "hundred": "trăm",
    "thousand": "nghìn",
}
ENGLISH_WORDS = {
    "10": "ten",
    "11": "eleven",
    "12": "twelve",
    "13": "thirteen",
    "14": "fourteen",
    "15": "fifteen",
    "16": "sixteen",
    "17": "seventeen",
    "18": "eighteen",
    "19": "nineteen",
    "20": "twenty",
    "30": "thirty",
    "40": "forty",
    "50": "fifty",
    "60": "sixty",
    "70": "seventy",
    "80": "eighty",
    "90": "ninety",
    "hundred": "hundred",
    "thousand": "thousand",
    "and": "and",
}
NUMBER_PARTS = ("digit.", "letter.", "word.")
CAPITALS = (*string.ascii_uppercase, "Đ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an office speaks: form of address, whole numbers or digits, "lẻ" or "linh", its letters and counters."""

    folk: str = "bà con"
    whole: bool = False
    odd: str = "lẻ"
    letters: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()


def written(language: str, manner: Manner) -> dict[str, str]:
    """Every phrase of a language with its words, in the order of the studio.

    A language without words of its own gets the Vietnamese ones: its speakers say what they mean.
    """
    if language == "en":
        figures, words, invite, to_counter = ENGLISH_DIGITS, ENGLISH_WORDS, "Number", "please come to counter"
    else:
        figures, invite, to_counter = DIGITS, f"Mời {manner.folk} có số", "đến quầy số"
        words = {**VIETNAMESE_WORDS, "odd": manner.odd} if language in WHOLE else {}
    phrases = {INVITE: invite, TO_COUNTER: to_counter}
    phrases |= {digit(n): word for n, word in enumerate(figures)}
    phrases |= {letter(sign): sign for sign in CAPITALS}
    return phrases | {f"word.{name}": word for name, word in words.items()}


def is_of_calls(key: str) -> bool:
    """Whether a phrase belongs to the calls, which boards hold ready; the others are of pages."""
    return key in {INVITE, TO_COUNTER} or key.startswith(NUMBER_PARTS)


def read_aloud(language: str, key: str, words: str) -> str:
    """The words for a synthesiser, which would read single capitals in English and some digraphs as words."""
    if language == VIETNAMESE and key.startswith("letter."):
        return LETTERS[words]
    if language == "en" and key == letter("Đ"):
        return "D bar"
    return words


def needed(language: str, manner: Manner) -> tuple[str, ...]:
    """The phrases without which a call of this office cannot be said whole, in the order of the studio."""
    keys = {INVITE, TO_COUNTER, *(digit(n) for n in range(10)), *(letter(sign) for sign in manner.letters)}
    keys |= {key for code in manner.counters for key in counter(code, language)}
    if manner.whole and language in WHOLE:
        keys |= {key for number in range(1000) for key in WHOLE[language](number)} | {"word.thousand"}
    return tuple(key for key in written(language, manner) if key in keys)


def call(language: str, number: str, counter_code: str, manner: Manner) -> tuple[tuple[str, ...], ...]:
    """A call in four parts: invitation, number, "to counter", counter; each a row of phrases."""
    spoken_number = ticket_number(number, language, manner.whole)
    return (INVITE,), spoken_number, (TO_COUNTER,), counter(counter_code, language)


def in_words(language: str, keys: Iterable[str], manner: Manner) -> str:
    """Phrases as a text, for messages and tests."""
    phrases = written(language, manner)
    return " ".join(phrases[key] for key in keys)
