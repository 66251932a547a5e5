"""Pictures of the office from its folder, scaled to the screen; only the last one is held."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

import pygame

LARGEST_BYTES = 20 * 1024 * 1024
log = logging.getLogger("display_board.drawing.pictures")


@lru_cache(maxsize=1)
def picture_for(folder: Path | None, name: str, size: tuple[int, int]) -> pygame.Surface | None:
    """The picture within `size` px; None when it is missing, too large or not a picture."""
    if folder is None or not name:
        return None
    path = folder / name
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"larger than {LARGEST_BYTES // 1024 // 1024} MiB")
        image = pygame.image.load(str(path))
        factor = min(size[0] / image.get_width(), size[1] / image.get_height())
        target = (max(1, round(image.get_width() * factor)), max(1, round(image.get_height() * factor)))
        plain = pygame.Surface(image.get_size(), 0, 32)
        plain.blit(image, (0, 0))
        return pygame.transform.smoothscale(plain, target)
    except (OSError, ValueError, pygame.error) as error:
        log.warning("the picture %s cannot be shown: %s", path, error)
        return None
