"""Signs of services by rule: shapes repeat in another colour, words on a colour stand out, like colours do not mix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from config.sentences import InvalidValue

INK, WHITE = "#1D1A16", "#FFFFFF"
SHAPES = ("circle", "square", "triangle", "diamond", "star")
COLOURS = ("#0B4F8A", "#7A4117", "#A31A57", "#56359A", "#F4B81B")  # xanh, nâu, hồng, tím, vàng: one word each
LEAST_CONTRAST = 3.0  # WCAG 2, 1.4.3: of large letters
ALIKE = 100.0
TINT = 0.12


class LooksAlike(NamedTuple):
    """Two services of one shape whose colours people would take for one."""

    shape: str
    first: str
    second: str


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0 to 255) of #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """1 to 21, as WCAG 2 defines the contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_for(colour: str) -> str:
    """White or dark, whichever stands out more from the colour."""
    return max((WHITE, INK), key=lambda ink: contrast(colour, ink))


def tint_for(colour: str) -> str:
    """The ground of a tile: a breath of the colour on white."""
    return "#" + "".join(f"{round(255 - (255 - value) * TINT):02X}" for value in channels(colour))


def distance(one: str, other: str) -> float:
    """0 to 765: how far two colours are apart for the eye ("redmean", T. Riemersma, Colour metric, 2008)."""
    red, green, blue = (a - b for a, b in zip(channels(one), channels(other), strict=True))
    mean = (channels(one)[0] + channels(other)[0]) / 2
    return float(((2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2) ** 0.5)


def look_alike(signs: Iterable[tuple[str, str]]) -> list[LooksAlike]:
    """Pairs of (shape, colour) that have the same shape and nearly the same colour."""
    seen: list[tuple[str, str]] = []
    pairs = []
    for shape, colour in signs:
        pairs += [
            LooksAlike(shape, before, colour) for known, before in seen if known == shape and _near(before, colour)
        ]
        seen.append((shape, colour))
    return pairs


def with_signs(services: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tables of services, each with shape, colour, tint and ink; what the office wrote stays.

    A service without shape takes one that is used least, and without colour the first that no service of its shape
    has. Raises ValueError when there is none left.
    """
    used = [(str(one["shape"]), str(one["colour"])) for one in services if {"shape", "colour"} <= one.keys()]
    filled = []
    for service in services:
        one = dict(service)
        if not {"shape", "colour"} <= one.keys():
            one["shape"], one["colour"] = _free(used, one.get("shape"), one.get("colour"))
            used.append((one["shape"], one["colour"]))
        if _is_colour(one["colour"]):
            one.setdefault("tint", tint_for(one["colour"]))
            one.setdefault("ink", ink_for(one["colour"]))
        filled.append(one)
    return filled


def _free(used: Sequence[tuple[str, str]], shape: str | None, colour: str | None) -> tuple[str, str]:
    """The first sign by rule that nobody has: the five of the sample first, then each shape in the next colour."""
    signs = [
        (one, COLOURS[(place + turn) % len(COLOURS)])
        for turn in range(len(COLOURS))
        for place, one in enumerate(SHAPES)
    ]
    if colour is not None:
        signs = [(one, colour) for one in SHAPES]
    free = [
        (one, tone)
        for one, tone in signs
        if shape in (None, one) and not any(one == known and _near(tone, other) for known, other in used)
    ]
    if not free:
        raise InvalidValue(
            "no sign is left: each shape already stands in every colour; write shape and colour yourself"
        )
    times = [known for known, _ in used]
    return min(free, key=lambda sign: times.count(sign[0]))


def _near(one: str, other: str) -> bool:
    return one == other or (_is_colour(one) and _is_colour(other) and distance(one, other) < ALIKE)


def _is_colour(text: object) -> bool:
    return (
        isinstance(text, str)
        and len(text) == 7
        and text[0] == "#"
        and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
