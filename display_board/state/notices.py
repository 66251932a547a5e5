"""A long notice in parts, one after the other, so that each is large enough to be read from the last row. Pure."""

from __future__ import annotations

MOST = 92  # signs that fit the line of a lying screen, or the two of a standing one, in letters of the smallest size
LEAST = 30
ENDS = (". ", "; ", "! ", "? ")


def in_parts(text: str) -> list[str]:
    """Cut behind a sentence where one ends, else between two words with "…" for what follows."""
    parts, rest = [], " ".join(text.split())
    while len(rest) > MOST:
        end = max(rest.rfind(mark, LEAST, MOST + 1) for mark in ENDS)
        if end >= 0:
            parts.append(rest[: end + 1])
            rest = rest[end + 2 :]
            continue
        space = rest.rfind(" ", LEAST, MOST - 1)
        at = MOST - 2 if space < 0 else space
        parts.append(f"{rest[:at]} …")
        rest = rest[at:].lstrip()
    return [*parts, rest] if rest else parts
