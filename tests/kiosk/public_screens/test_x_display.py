"""The X server of a public screen: what a bare machine is told."""

from __future__ import annotations

import ctypes

import pytest

from kiosk.public_screens import x_display


@pytest.mark.parametrize(("library", "package"), [("libX11.so.6", "libx11-6"), ("libXss.so.1", "libxss1")])
def test_a_library_that_is_missing_is_named_with_its_package(
    library: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str) -> object:
        if name == library:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    monkeypatch.setattr(ctypes, "CDLL", load)
    with pytest.raises(OSError, match=f"{library} cannot be loaded; install the package {package}"):
        x_display.XDisplay()
