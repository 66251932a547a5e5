"""How large the X screen is now: SDL keeps the size that it saw when it was started."""

from __future__ import annotations

import ctypes
import logging

log = logging.getLogger("display_board.drawing.x_screen")
XID = ctypes.c_ulong


class XScreen:
    """A connection of its own to the X server of `DISPLAY`. Raises OSError when there is none or no library for it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libX11.so.6")
        self._library.XOpenDisplay.restype = ctypes.c_void_p
        self._library.XDefaultRootWindow.restype = self._library.XInternAtom.restype = XID
        self._display = ctypes.c_void_p(self._library.XOpenDisplay(None))
        if not self._display:
            raise OSError("no connection to the X server")
        self._root = XID(self._library.XDefaultRootWindow(self._display))

    def size(self) -> tuple[int, int] | None:
        """Width and height in px of the whole screen; None when the server does not tell."""
        numbers = [ctypes.c_int(), ctypes.c_int(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()]
        root = XID()
        was_answered = self._library.XGetGeometry(
            self._display, self._root, ctypes.byref(root), *(ctypes.byref(number) for number in numbers)
        )
        return (numbers[2].value, numbers[3].value) if was_answered else None

    def has_window_manager(self) -> bool:
        """Whether a window manager has left its name on the root window, as EWMH asks of each."""
        atom = self._library.XInternAtom(self._display, b"_NET_SUPPORTING_WM_CHECK", True)
        kind, data = XID(), ctypes.c_void_p()
        layout, count, rest = ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        if not atom:
            return False
        answers = [ctypes.byref(answer) for answer in (kind, layout, count, rest, data)]
        failed = self._library.XGetWindowProperty(
            self._display, self._root, XID(atom), ctypes.c_long(0), ctypes.c_long(1), False, XID(0), *answers
        )
        if data:
            self._library.XFree(data)
        return not failed and count.value > 0

    def close(self) -> None:
        self._library.XCloseDisplay(self._display)


def connect(video_driver: str) -> XScreen | None:
    """None where the screen is not one of X, or cannot be asked."""
    if video_driver != "x11":
        return None
    try:
        return XScreen()
    except OSError as error:
        log.warning("changes of the resolution are not seen: %s", error)
        return None
