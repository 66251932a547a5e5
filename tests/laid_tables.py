"""Databases whose tables are laid already: laying them anew took most of the time of a test's office."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kiosk.store import schema
from kiosk.store.engine import open_writer
from tests.postgres import new_database

SQLITE = "sqlite:///"


def lay_tables(url: str) -> str:
    """Lay the tables of a new SQLite database, unless something stands there; returns `url`."""
    path = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and path.parent.is_dir() and not path.exists():
        shutil.copyfile(_laid_file(), path)
    return url


def laid_database(server: str) -> str:
    """A new database with tables on a PostgreSQL server."""
    return new_database(server, template=_laid_template(server))


@cache
def _laid_file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="motcua-laid-")) / "laid.db"
    atexit.register(_remove, path.parent, os.getpid())
    _lay(f"{SQLITE}{path}")
    return path


def _remove(folder: Path, maker: int) -> None:
    """A process that was forked from the maker leaves the folder to it."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _laid_template(server: str) -> str:
    url = new_database(server)
    _lay(url)
    return url.rsplit("/", 1)[1]


def _lay(url: str) -> None:
    engine = open_writer(url)
    schema.upgrade(engine)
    engine.dispose()
