"""Names of people in the order of Vietnamese lists: by the given name, which stands last, then by the rest.

Letters come first, then the marks of tone: An, Ân, Bình, Dũng, Đào; within one word ngang, huyền, hỏi, ngã, sắc, nặng.
Every list of people in reports, pages and commands is in this order.
"""

from __future__ import annotations

from unicodedata import normalize

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
SHAPES = "\u0302\u0306\u031b"  # of â, ă, ơ
WordKey = tuple[tuple[int, ...], tuple[int, ...]]
NameKey = tuple[list[WordKey], str]


def name_key(name: str) -> NameKey:
    """To sort by; two spellings of one name stay apart. The number of a masked name, "Đinh T. L. (2)", comes last."""
    words = normalize("NFC", name).split() or [""]
    numbers = [words.pop()] if len(words) > 1 and words[-1].startswith("(") else []
    given, others = words[-1], [*words[:-1], *numbers]
    return [_word_key(word) for word in (given, *others)], name


def _word_key(word: str) -> WordKey:
    """Letters of the word by their place in the alphabet, and its tones."""
    letters, tones = [], []
    for letter in word.casefold():
        parted = normalize("NFD", letter)
        marks = parted[1:]
        shaped = normalize("NFC", parted[:1] + "".join(mark for mark in marks if mark in SHAPES))
        letters.append(LETTERS.find(shaped) if shaped in LETTERS else len(LETTERS) + ord(shaped[0]))
        tones.append(max((TONES.find(mark) + 1 for mark in marks), default=0))
    return tuple(letters), tuple(tones)
