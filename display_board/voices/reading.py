"""Numbers as people read them aloud, as keys of a pack's phrases. Pure.

Vietnamese whole numbers follow the rules of the schools: mười, mươi, mốt, tư, lăm, lẻ (north: linh).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Keys = tuple[str, ...]
WHOLE_BELOW = 10_000


def digit(figure: int | str) -> str:
    return f"digit.{figure}"


def letter(sign: str) -> str:
    """The key of a capital; Đ is `letter.dd`, so that keys and file names stay ASCII."""
    return "letter.dd" if sign == "Đ" else f"letter.{sign.lower()}"


def vietnamese(number: int) -> Keys:
    """0 to 9,999. Raises ValueError outside of it."""
    _check(number)
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    keys: list[str] = [digit(thousands), "word.thousand"] if thousands else []
    if hundreds or (thousands and rest):
        keys += [digit(hundreds), "word.hundred"]
    return (*keys, *_below_hundred(rest, bool(keys)))


def _below_hundred(rest: int, after_hundreds: bool) -> Iterator[str]:
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if rest or not after_hundreds:
            yield from (("word.odd",) if after_hundreds else ())
            yield digit(ones)
        return
    yield from (("word.ten",) if tens == 1 else (digit(tens), "word.tens"))
    special = {5: "word.five"} if tens == 1 else {1: "word.one", 4: "word.four", 5: "word.five"}
    if ones:
        yield special.get(ones, digit(ones))


def english(number: int) -> Keys:
    """0 to 9,999. Raises ValueError outside of it."""
    _check(number)
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    keys: list[str] = [digit(thousands), "word.thousand"] if thousands else []
    keys += [digit(hundreds), "word.hundred"] if hundreds else []
    if rest == 0 and keys:
        return tuple(keys)
    keys += ["word.and"] if keys else []
    tens, ones = divmod(rest, 10)
    if 10 <= rest < 20:
        return (*keys, f"word.{rest}")
    return (*keys, *([f"word.{tens}0"] if tens else []), *([digit(ones)] if ones or not tens else []))


def _check(number: int) -> None:
    if not 0 <= number < WHOLE_BELOW:
        raise ValueError(f"{number} is not between 0 and {WHOLE_BELOW - 1}")


# Languages whose rules are known. Others are read digit by digit until a speaker has given the rules.
WHOLE: dict[str, Callable[[int], Keys]] = {"vi": vietnamese, "en": english}


def ticket_number(number: str, language: str, whole: bool = False) -> Keys:
    """`A012` as letter and digits; as letter and 12 when `whole` and the language has rules for it."""
    figures = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
    head = tuple(letter(sign) for sign in number[: len(number) - len(figures)])
    if whole and language in WHOLE and figures.isascii() and figures.isdigit() and int(figures) < WHOLE_BELOW:
        return head + WHOLE[language](int(figures))
    return head + _spelled(figures)


def counter(code: str, language: str) -> Keys:
    """`12` as twelve, for "one, two" would be two counters; other codes sign by sign."""
    if language in WHOLE and code.isascii() and code.isdigit() and str(int(code)) == code and int(code) < WHOLE_BELOW:
        return WHOLE[language](int(code))
    return _spelled(code.upper())


def _spelled(code: str) -> Keys:
    """Signs that nobody reads aloud (dot, dash) are passed over."""
    return tuple(digit(sign) if sign in "0123456789" else letter(sign) for sign in code if sign.isalnum())
