"""Whether a backup is one that this office made: a signature beside it, by a key that stays on the machine."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import closing, suppress
from hashlib import file_digest, sha256
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from config import places
from kiosk.maintenance.backup import UNREADABLE, NotABackup, opened_for_reading

UNSIGNED = "{file} has no signature ({ending}) beside it; give --unsigned if it is older than signatures"
CHANGED = "{file} was changed after this office made it, or another machine made it"
STRANGE_PART = '{file} holds the {kind} "{name}", which is none of this product'

SIGNATURE = ".sig"  # beside a backup
KEY = "backup.key"
KEY_BYTES = 32
OWN_TABLES = frozenset({"alembic_version", "administrators"})  # the second: of earlier versions, until the upgrade
OF_ADMINISTRATORS = (  # in the tables of now, and in those of versions that knew no other persons
    "SELECT name FROM persons WHERE role = 'admin' AND disabled = 0",
    "SELECT name FROM administrators",
)


def signature_file(file: Path) -> Path:
    return file.with_name(file.name + SIGNATURE)


def sign(file: Path, office: str) -> None:
    """Write the signature beside the backup; the first one makes the key. Raises OSError."""
    target = signature_file(file)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as written:
        written.write(_signature(file, office, _key() or _new_key()) + "\n")


def check_signature(file: Path, office: str) -> bool:
    """Whether it could be checked: False on a machine without the key. Raises NotABackup."""
    key = _key()
    if key is None:
        return False
    try:
        given = signature_file(file).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NotABackup(UNSIGNED, file=file, ending=SIGNATURE) from None
    except (OSError, ValueError) as error:
        raise NotABackup(UNREADABLE, file=signature_file(file), problem=error) from None
    if not hmac.compare_digest(given, _signature(file, office, key)):
        raise NotABackup(CHANGED, file=file)
    return True


def check_shape(file: Path, tables: frozenset[str]) -> None:
    """Raises NotABackup when the database holds anything but the product's tables: it would act by itself."""
    with closing(opened_for_reading(file)) as connection:
        rows = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
    known = tables | OWN_TABLES
    for kind, name in rows:
        if kind in {"trigger", "view"} or (kind == "table" and name not in known and not name.startswith("sqlite_")):
            raise NotABackup(STRANGE_PART, file=file, kind=kind, name=name)


def administrators_of(file: Path) -> list[str]:
    """Whom the database takes for administrators; none when it has no such table."""
    with closing(opened_for_reading(file)) as connection:
        for question in OF_ADMINISTRATORS:
            with suppress(sqlite3.Error):
                return sorted(str(row[0]) for row in connection.execute(question))
    return []


def _signature(file: Path, office: str, key: bytes) -> str:
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return hmac.new(key, f"motcua backup of {office}: {digest}".encode(), sha256).hexdigest()


def _key() -> bytes | None:
    """None where no backup was made yet. Raises NotABackup for a key that is none."""
    path = places.home() / KEY
    if not path.exists():
        return None
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise NotABackup("{file} is damaged; take it from your copy", file=path)
    return key


def _new_key() -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    path = places.home() / KEY
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(key)
        written.flush()
        os.fsync(written.fileno())
    return key
