"""Capabilities of printers, as data: the shipped ones, and those of a folder of the office."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from config import places
from ticket_printer.errors import PrinterError

FONT_DOTS = 12  # width of a letter of the printer's own Font A


def _hex(value: str) -> str:
    bytes.fromhex(value)  # raises ValueError
    return value


Hex = Annotated[str, AfterValidator(_hex)]


class Profile(BaseModel):
    """What one kind of printer can do; see docs/reference/adding-a-printer.md for how each field is found out.

    `proof`: how a printed slip is proven. `status_trusted`: its answers were seen to change. `near_end`: it has the
    sensor. `status_back`: it may report faults by itself. `centring`: ESC a moves pictures too. `doubling`: GS v 0
    with m = 3 prints each dot four times. `code_page`: "tcvn" when pages 30 and 31 were seen to print Vietnamese.
    `graphics_bytes`: memory for stored pictures (GS ( L); 0 when not proven. `cut`, `after_cut`: bytes in hex.
    `feed_rows`: rows of dots to be fed before the cut, where the cut would go through the last line without them.
    `answer_ms`: the longest answer to a question for the status that a trial measured; 0: not measured.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    width_dots: int = Field(ge=200, le=1000)
    proof: Literal["process_id", "queue", "none"]
    status_trusted: bool
    centring: bool
    motion_units: bool
    status_back: bool
    dpi: int = Field(default=203, ge=150, le=300)
    near_end: bool = False
    doubling: bool = True
    native_qr: bool = False
    graphics_bytes: int = Field(default=0, ge=0)
    code_page: Literal["ascii", "tcvn"] = "ascii"
    cutter: Literal["partial", "full", "none"] = "partial"
    presenter: bool = False
    cut: Hex = "1d564200"
    after_cut: Hex = ""
    feed_rows: int = Field(default=0, ge=0, le=480)
    answer_ms: int = Field(default=0, ge=0, le=2000)

    @property
    def columns(self) -> int:
        """Letters of Font A on one line."""
        return self.width_dots // FONT_DOTS


@cache
def profiles() -> dict[str, Profile]:
    """The shipped ones."""
    return _read(
        "profiles.toml", files("ticket_printer.protocol").joinpath("profiles.toml").read_text(encoding="utf-8")
    )


def profile(name: str, folder: Path | None = None) -> Profile:
    """The profile of that name, first from the folder's *.toml (by default the office's own).

    Raises PrinterError: unsupported, telling what there is.
    """
    own, wrong = own_profiles(folder or places.profiles_folder())
    known = profiles() | own
    try:
        return known[name]
    except KeyError:
        detail = "; ".join([f'there is no profile "{name}"; profiles: {", ".join(known)}', *wrong])
        raise PrinterError("unsupported", retryable=False, detail=detail) from None


def own_profiles(folder: Path) -> tuple[dict[str, Profile], list[str]]:
    """Those that a technician wrote, one or more a file; and what is wrong with files that cannot be used."""
    own: dict[str, Profile] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            own |= _read(path.name, path.read_text(encoding="utf-8"))
        except (PrinterError, OSError, UnicodeDecodeError) as error:
            wrong.append(f"{path.name}: {error}")
    return own, wrong


def as_toml(name: str, known: Profile) -> str:
    """The profile as a table to be kept in a file."""
    lines = [f"{key} = {_toml(value)}" for key, value in known.model_dump().items()]
    return "\n".join([f'["{name}"]', *lines, ""])


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _read(file: str, text: str) -> dict[str, Profile]:
    try:
        return {name: _checked(file, name, table) for name, table in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise PrinterError("unsupported", retryable=False, detail=f"{file}: {error}") from error


def _checked(file: str, name: str, table: Any) -> Profile:
    try:
        return Profile.model_validate(table)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc'])) or name}: {one['msg']}" for one in error.errors())
        raise PrinterError("unsupported", retryable=False, detail=f"{file} [{name}]: {wrong}") from error
