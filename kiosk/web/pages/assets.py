"""Where pages find their files: our own static folder, under a path that names its content, and the font package's."""

from __future__ import annotations

import gzip
import re
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from contract.records import dataclass

STATIC = Path(__file__).parent.parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
MAKER = Path(__file__).parent / "bundles.py"
HASH_DIGITS = 12
HASHED = re.compile(rf"([0-9a-f]{{{HASH_DIGITS}}})/(.+)")
PACKED = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
IMPORT = re.compile(r'(?:from|import) "(\.[^"]+)"')


@cache
def fonts() -> Path:
    """The folder of Be Vietnam Pro, found without importing the package."""
    spec = find_spec("fontpkg_be_vietnam_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package fontpkg-be-vietnam-pro is not installed")
    return Path(spec.origin).parent / "files"


def tree_hash(folder: Path) -> str:
    """Of the names and contents of all files below a folder."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:HASH_DIGITS]


@cache
def static_hash() -> str:
    """Of the static folder, and of what makes one script of a page's modules, as they were when it was first asked for;
    create_app asks at start.
    """
    return sha256(tree_hash(STATIC).encode() + MAKER.read_bytes()).hexdigest()[:HASH_DIGITS]


@cache
def code_version() -> str:
    """Of all that a page is made of but the office's configuration: its files and its HTML."""
    return sha256(f"{static_hash()} {tree_hash(TEMPLATES)}".encode()).hexdigest()[:HASH_DIGITS]


def asset_url(name: str) -> str:
    """The address of a static file. It changes with any of them, as they import each other by relative names."""
    return f"/static/{static_hash()}/{name}"


def split_asset(path: str) -> tuple[str, bool]:
    """Name of the file that a path below /static/ means, and whether it may be cached for ever.

    A page that was opened before an upgrade still asks by the hash of then; it is given the file of now, uncached.
    """
    match = HASHED.fullmatch(path)
    return (match[2], match[1] == static_hash()) if match else (path, False)


@dataclass(frozen=True, slots=True)
class PackedAsset:
    """A file as it goes over the line, packed by gzip."""

    content: bytes
    content_type: str


@cache
def static_files() -> frozenset[str]:
    """All files of the static folder by their names below it, as they were when it was first asked for."""
    return frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


@cache
def packed_asset(name: str) -> PackedAsset | None:
    """None for what is packed already, and for what is no file of ours."""
    content_type, path = PACKED.get(Path(name).suffix), (STATIC / name).resolve()
    if content_type is None or not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return None
    return packed(path.read_bytes(), content_type)


def packed(content: bytes, content_type: str) -> PackedAsset:
    """The same bytes for the same content."""
    return PackedAsset(gzip.compress(content, mtime=0), content_type)


@cache
def modules_of(folder: str) -> tuple[str, ...]:
    """The JavaScript modules of a page, its main.js first, then what it imports, without repetition."""
    names, waiting = [], [f"{folder}/main.js"]
    while waiting:
        name = waiting.pop(0)
        if name in names:
            continue
        names.append(name)
        waiting.extend(imported_by(name))
    return tuple(names)


def imported_by(name: str) -> list[str]:
    """The modules that a module imports, line by line."""
    return [named_from(name, target) for target in IMPORT.findall((STATIC / name).read_text(encoding="utf-8"))]


def named_from(name: str, target: str) -> str:
    """The static file that a file means by "./words.js" or "../lib/words.js"."""
    return ((STATIC / name).parent / target).resolve().relative_to(STATIC.resolve()).as_posix()
