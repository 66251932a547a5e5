"""What a public screen asks of its X server: how long nobody touched anything, and to be dark or lit."""

from __future__ import annotations

import ctypes
import subprocess
from typing import ClassVar

XID = ctypes.c_ulong


class _ScreenSaverInfo(ctypes.Structure):
    """XScreenSaverInfo of X11/extensions/scrnsaver.h."""

    _fields_: ClassVar = [
        ("window", XID),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    ]


PACKAGES = {"libX11.so.6": "libx11-6", "libXss.so.1": "libxss1"}


def _library(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise OSError(f"{name} cannot be loaded; install the package {PACKAGES[name]}") from error


class XDisplay:
    """The X server of `DISPLAY`. Raises OSError when there is none or a library is missing."""

    def __init__(self) -> None:
        self._x, self._saver = _library("libX11.so.6"), _library("libXss.so.1")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = XID
        self._saver.XScreenSaverQueryInfo.argtypes = [ctypes.c_void_p, XID, ctypes.POINTER(_ScreenSaverInfo)]
        display = self._x.XOpenDisplay(None)
        if not display:
            raise OSError("no connection to the X server of DISPLAY")
        self._display = ctypes.c_void_p(display)
        self._root = XID(self._x.XDefaultRootWindow(self._display))

    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        number = self._x.XDefaultScreen(self._display)
        return self._x.XDisplayWidth(self._display, number), self._x.XDisplayHeight(self._display, number)

    def idle_s(self) -> float:
        """Seconds since the last key, touch or movement."""
        info = _ScreenSaverInfo()
        self._saver.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(info))
        return float(info.idle) / 1000

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


def light(is_on: bool) -> None:
    """Switch the monitor; a touch lights it for ten minutes when it is dark. Raises OSError, CalledProcessError."""
    words = [("s", "off"), ("-dpms",)] if is_on else [("s", "off"), ("+dpms",), ("dpms", "600", "600", "600")]
    for arguments in [*words, ("dpms", "force", "on" if is_on else "off")]:
        subprocess.run(["xset", *arguments], check=True, capture_output=True, timeout=10)  # nosec B607 # PATH is ours
