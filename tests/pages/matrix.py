"""What every screen of a citizen's page is looked at in: each size with each language. A few rows are of every run, all
of them are of the long ones."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.added_language import MADE_UP

LANGUAGES = ("vi", "en", MADE_UP)
UPRIGHT = (1080, 1920)
LYING = ((1280, 800), (1366, 768), (1920, 1080))
KIOSK = (UPRIGHT, *LYING)
TABLET = ((1280, 800), (1366, 768), (1920, 1200))
TELEPHONE = ((360, 740), (320, 640))
FILING = ((1280, 800), (1366, 768), (1920, 1080))

Size = tuple[int, int]


def rows(sizes: tuple[Size, ...], *often: tuple[int, int, str]) -> list[Any]:
    """(width, height, language) of each; only `often` are looked at in every run."""
    every = [(*size, language) for size in sizes for language in LANGUAGES]
    assert set(often) <= set(every)
    return [pytest.param(*row, marks=[] if row in often else [pytest.mark.soak]) for row in every]


def least_target(width: int, height: int) -> int:
    """px of the drawing of a kiosk: 22.5 mm upright on 21.5", 20 mm lying on 15.6"."""
    return 80 if width > height else 90


LEAST_PX = 26  # of the drawing of a kiosk: capitals of 4.8 mm upright on 21.5" (0.25 mm a px), 4.9 mm lying on 15.6"
MADE_UP_PX = 20  # of a language whose words are a fifth longer and stand in brackets, beside the longest names: 3.7 mm


def least_px(language: str) -> int:
    """The smallest type of a kiosk in that language."""
    return MADE_UP_PX if language == MADE_UP else LEAST_PX
