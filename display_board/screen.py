"""The window: opens it, listens to it, shows a scene in it only when it differs from the one before."""

from __future__ import annotations

import os
from pathlib import Path

import pygame

from display_board.canvas import Canvas
from display_board.picture import paint
from display_board.scene import Scene


class Screen:
    """`width` and `height` in px; fills the screen when they reach its size, else it is a window.

    Raises OSError when there is no screen to open.
    """

    def __init__(self, width: int, height: int, headless: bool) -> None:
        os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
        if headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
        try:
            surface = _window(width, height, headless)
        except pygame.error as error:
            raise OSError(f"no screen to show the board on ({error}); --headless needs none") from error
        pygame.display.set_caption("Một Cửa")
        pygame.mouse.set_visible(False)
        self._canvas = Canvas(surface)
        self._shown: Scene | None = None

    def show(self, scene: Scene) -> bool:
        """Whether anything had to be drawn."""
        if scene == self._shown:
            return False
        paint(self._canvas, scene)
        pygame.display.flip()
        self._shown = scene
        return True

    def is_closed(self) -> bool:
        """Somebody closed the window or pressed Escape."""
        return any(
            event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE)
            for event in pygame.event.get()
        )

    def save(self, path: Path) -> None:
        """What the screen shows, as PNG. Raises OSError."""
        try:
            pygame.image.save(self._canvas.surface, str(path))
        except pygame.error as error:
            raise OSError(f"cannot write {path}: {error}") from error

    def close(self) -> None:
        pygame.quit()


def _window(width: int, height: int, headless: bool) -> pygame.Surface:
    pygame.display.init()
    pygame.font.init()
    if headless:
        return pygame.display.set_mode((width, height))
    desktop = pygame.display.get_desktop_sizes()[0]
    if width >= desktop[0] or height >= desktop[1]:
        return pygame.display.set_mode(desktop, pygame.FULLSCREEN)
    return pygame.display.set_mode((width, height))
