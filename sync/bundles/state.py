"""What an office remembers of its bundles: which answers it has taken and how far their dossiers went."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, field, replace
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from config import places
from contract.records import dataclass
from sync.bundles.format.files import sync_folder
from sync.bundles.format.frames import BundleError

BUSY = "another export or import is running on this machine; wait until it has finished"
MOST_RECEIVER_EPOCHS = 20  # epochs of the one-stop side's database that are remembered


@dataclass(frozen=True, slots=True)
class BundleState:
    """`answers`: last serial taken from each epoch of the receiver's database, newest last. `version`: of the
    dossiers taken from the newest. `connector`: where the connector to the same receiver stood at that moment.
    """

    answers: dict[str, int] = field(default_factory=dict)
    version: int = 0
    connector: tuple[str, int] | None = None

    @property
    def receiver_epoch(self) -> str | None:
        return next(reversed(self.answers), None)

    def after(self, receiver_epoch: str, serial: int, version: int, connector: tuple[str, int] | None) -> BundleState:
        """The state when the answer with that serial was taken."""
        older = {epoch: last for epoch, last in self.answers.items() if epoch != receiver_epoch}
        newest = dict(list(older.items())[-MOST_RECEIVER_EPOCHS + 1 :])
        return replace(self, answers={**newest, receiver_epoch: serial}, version=version, connector=connector)


def folder() -> Path:
    return places.home() / "bundle"


@contextmanager
def exclusive(place: Path) -> Iterator[None]:
    """One export or import at a time. Raises BundleError when another one runs on this machine."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place / "lock").open("w") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except OSError:
            raise BundleError("busy", BUSY) from None
        yield


def load(path: Path) -> BundleState:
    """An empty state when there is none, or none that can be read: then everything is simply offered again."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        connector = stored["connector"]
        return BundleState(
            {str(epoch): int(serial) for epoch, serial in stored["answers"].items()},
            int(stored["version"]),
            None if connector is None else (str(connector[0]), int(connector[1])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return BundleState()


def save(path: Path, state: BundleState) -> None:
    draft = path.with_name(path.name + ".part")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
