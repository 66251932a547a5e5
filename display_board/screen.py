"""The window: opens it, listens to it, draws in it only the parts that differ from what it shows."""

from __future__ import annotations

import os
from pathlib import Path

import pygame

from display_board.canvas import Canvas
from display_board.colours import NIGHT
from display_board.parts import Part, parts
from display_board.scene import Scene


class Screen:
    """`width` and `height` in px; fills the screen when they reach its size, else it is a window.

    Raises OSError when there is no screen to open.
    """

    def __init__(self, width: int, height: int, headless: bool, pictures: Path | None = None) -> None:
        os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
        if headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
        try:
            surface = _window(width, height, headless)
        except pygame.error as error:
            raise OSError(f"no screen to show the board on ({error}); --headless needs none") from error
        pygame.display.set_caption("Một Cửa")
        pygame.mouse.set_visible(False)
        self._canvas = Canvas(surface, pictures)
        self._scene: Scene | None = None
        self._shown: list[Part] = []

    @property
    def stands(self) -> bool:
        """Whether it is higher than wide."""
        return self._canvas.plan.stands

    def show(self, scene: Scene) -> bool:
        """Whether anything had to be drawn; only changed parts are, unless they now stand elsewhere."""
        if scene == self._scene:
            return False
        wanted = parts(self._canvas.plan, scene)
        if [part.box for part in wanted] == [part.box for part in self._shown]:
            changed = [new for new, old in zip(wanted, self._shown, strict=True) if new.shows != old.shows]
            pygame.display.update([self._draw(part) for part in changed])
        else:
            self._canvas.clear(NIGHT)
            for part in wanted:
                self._draw(part)
            pygame.display.flip()
        self._scene, self._shown = scene, wanted
        return True

    def _draw(self, part: Part) -> pygame.Rect:
        with self._canvas.within(part.box) as rect:
            self._canvas.surface.fill(NIGHT, rect)
            part.draw(self._canvas)
        return rect

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
