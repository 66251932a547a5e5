"""Where the product keeps its state: one folder, and the names inside it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile


def home() -> Path:
    """MOTCUA_HOME, else systemd's state folder, else the platform's per-user data folder. Not created here."""
    named = os.environ.get("MOTCUA_HOME") or os.environ.get("STATE_DIRECTORY")
    if named:
        return Path(named)
    from platformdirs import user_data_path  # under systemd nobody asks for it

    return user_data_path("motcua")


def database_file() -> Path:
    return home() / "motcua.db"


def token_file(role: str) -> Path:
    """The token that `motcua init` left for a follower (board, sync) on this machine."""
    return home() / "tokens" / role


def trial_mark(printer: str) -> Path:
    """Stands while a trial slip is on its way to a printer, and after one of which nobody knows what came out."""
    return home() / f"trial-{printer}"


def printer_lock(url: str) -> Path:
    """Locked by the process that prints on this address."""
    return home() / f"printing-{re.sub('[^a-z0-9.]+', '-', url.lower()).strip('-')}.lock"


def unwritable(folder: Path) -> OSError | None:
    """Why nothing can be written into a folder; None when it can."""
    try:
        with NamedTemporaryFile(prefix=".written-", dir=folder):
            return None
    except OSError as error:
        return error


def outcome_file(name: str) -> Path:
    """What the last check of the database or the last backup came to ("verified", "backup")."""
    return home() / "checks" / f"{name}.json"


def backups_folder() -> Path:
    """Where the nightly backup goes."""
    return home() / "backups"


def asked_backups_folder() -> Path:
    """Where those go that are made on the page: however many, they push out none of the nightly ones."""
    return backups_folder() / "asked"


def profiles_folder() -> Path:
    """Profiles of printers that were tried out here (*.toml)."""
    return home() / "profiles"


def translations_folder() -> Path:
    """Sentences in languages that this office added (LANGUAGE.json)."""
    return home() / "translations"


def procedures_file() -> Path:
    """Procedures that came in by a table, beside those of the configuration."""
    return home() / "procedures.json"


def portal_procedures_file() -> Path:
    """The national portal's catalogue as it was told last, a table that nobody has taken yet."""
    return home() / "portal-procedures.csv"


def follower_address(service_url: str, bind: str) -> str:
    """The address a follower talks to: what is configured, else the loopback address of `bind`."""
    return service_url.rstrip("/") or f"http://127.0.0.1:{bind.rpartition(':')[2]}"


def follower_token(token: str, role: str) -> str:
    """What is configured, else what `init` left; an empty string when there is neither."""
    path = token_file(role)
    return token or (path.read_text(encoding="ascii").strip() if path.exists() else "")
