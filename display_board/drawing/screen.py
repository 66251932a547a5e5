"""The window: opens it, listens to it, draws in it only the parts that differ from what it shows."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pygame

from display_board.drawing.canvas import Canvas
from display_board.drawing.colours import NIGHT
from display_board.drawing.parts import ScenePart, parts
from display_board.drawing.x_screen import XScreen, connect
from display_board.state.scene import Scene

MEASURE_S = 1.0
UNCOVERED = frozenset({pygame.VIDEOEXPOSE, pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED})
log = logging.getLogger("display_board.drawing.screen")


class Screen:
    """`width` and `height` in px; fills the screen when they reach its size, else it is a window.

    Raises OSError when there is no screen to open.
    """

    def __init__(self, width: int, height: int, headless: bool, pictures: Path | None = None) -> None:
        os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
        if headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
        self._wanted = (width, height)
        self._headless = headless
        self._pictures = pictures
        self._closed = False
        self._scene: Scene | None = None
        self._shown: list[ScenePart] = []
        self._x: XScreen | None = None
        self._open()
        self._measured = self._desktop()
        self._measured_at = 0.0

    @property
    def stands(self) -> bool:
        """Whether it is higher than wide."""
        return self._canvas.plan.stands

    def show(self, scene: Scene) -> bool:
        """Whether anything had to be drawn; only changed parts are, unless they now stand elsewhere."""
        if scene == self._scene:
            return False
        shown = parts(self._canvas.plan, scene)
        if [part.box for part in shown] == [part.box for part in self._shown]:
            changed = [new for new, old in zip(shown, self._shown, strict=True) if new.shows != old.shows]
            pygame.display.update([self._draw(part) for part in changed])
        else:
            self._canvas.clear(NIGHT)
            for part in shown:
                self._draw(part)
            pygame.display.flip()
        self._scene, self._shown = scene, shown
        return True

    def _draw(self, part: ScenePart) -> pygame.Rect:
        with self._canvas.within(part.box) as rect:
            self._canvas.surface.fill(NIGHT, rect)
            part.draw(self._canvas)
        return rect

    def is_closed(self) -> bool:
        """Somebody closed the window or pressed Escape."""
        return self._closed

    def follow_window(self, monotonic: float) -> None:
        """Shows all again where another window lay, and draws all anew at another size of window or screen.

        `monotonic` in seconds: the screen is measured once a second. Raises OSError when no screen is left.
        """
        events = pygame.event.get()
        self._closed |= any(
            event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE)
            for event in events
        )
        if monotonic - self._measured_at >= MEASURE_S:
            self._measured_at = monotonic
            self._measure()
        surface = pygame.display.get_surface()
        if surface is not None and surface.get_size() != self._canvas.size:
            self._draw_on(surface)
        elif any(event.type in UNCOVERED for event in events):
            pygame.display.flip()

    def _measure(self) -> None:
        """Another resolution, or another screen: SDL is started anew, for it does not look again."""
        desktop = self._desktop()
        if desktop is None or desktop == self._measured:
            return
        log.info("the screen is %d × %d px now", *desktop)
        self._measured = desktop
        pygame.display.quit()
        self._open()

    def _desktop(self) -> tuple[int, int] | None:
        """Width and height of the screen in px; None without one."""
        if self._headless:
            return None
        if self._x is not None:
            return self._x.size()
        return next(iter(pygame.display.get_desktop_sizes()), None)

    def _open(self) -> None:
        try:
            pygame.display.init()
            pygame.font.init()
            self._x = self._x or connect(pygame.display.get_driver())
            surface = _window(*self._wanted, self._headless, self._x)
        except pygame.error as error:
            raise OSError(f"no screen to show the board on ({error}); --headless needs none") from error
        pygame.display.set_caption("Một Cửa")
        pygame.mouse.set_visible(False)
        self._draw_on(surface)

    def _draw_on(self, surface: pygame.Surface) -> None:
        """All is drawn with the next scene, or at once where one is shown."""
        self._canvas = Canvas(surface, self._pictures)
        scene, self._scene, self._shown = self._scene, None, []
        if scene is not None:
            self.show(scene)

    def save(self, path: Path) -> None:
        """What the screen shows, as PNG. Raises OSError."""
        try:
            pygame.image.save(self._canvas.surface, str(path))
        except pygame.error as error:
            raise OSError(f"cannot write {path}: {error}") from error

    def close(self) -> None:
        if self._x is not None:
            self._x.close()
        pygame.quit()


def _window(width: int, height: int, headless: bool, x: XScreen | None) -> pygame.Surface:
    """Without a window manager SDL fills a screen by setting its resolution, and sets the old one when it ends: there
    a window without a frame fills it as well and leaves the resolution to who set it.
    """
    if headless:
        return pygame.display.set_mode((width, height))
    desktop = pygame.display.get_desktop_sizes()[0]
    if width < desktop[0] and height < desktop[1]:
        return pygame.display.set_mode((width, height))
    os.environ["SDL_VIDEO_CENTERED"] = "1"
    alone = x is not None and not x.has_window_manager()
    return pygame.display.set_mode(desktop, pygame.NOFRAME if alone else pygame.FULLSCREEN)
