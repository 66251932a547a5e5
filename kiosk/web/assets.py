"""Where pages find their files: our own static folder and the font package's."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def fonts() -> Path:
    """The folder of Be Vietnam Pro, found without importing the package."""
    spec = find_spec("fontpkg_be_vietnam_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package fontpkg-be-vietnam-pro is not installed")
    return Path(spec.origin).parent / "files"
