"""What every table of the file has in common."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any
from unicodedata import normalize
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from config.patterns import CODE, PLAIN_LETTERS
from config.sentences import InvalidValue

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def is_of_this_machine(bind: str) -> bool:
    """Whether nobody but this very machine reaches ADDRESS:PORT."""
    return bind.rpartition(":")[0].strip("[]") in LOOPBACK


def staff_scheme(bind: str) -> str:
    """Of the staff's own door: plain where nobody but this machine, or a proxy on it, comes in."""
    return "http" if is_of_this_machine(bind) else "https"


class Section(BaseModel):
    """A table of the file: strict about names, frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)


def composed(value: Any) -> Any:
    """Every text in tables and lists in NFC: two ways of typing a Vietnamese letter are one letter."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        return {composed(key): composed(one) for key, one in value.items()}
    return [composed(one) for one in value] if isinstance(value, list) else value


def _port_there_is(parts: SplitResult) -> bool:
    """Also without any: then it is that of the scheme."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _upstream(value: str) -> str:
    """HTTPS, or plain HTTP to this very machine; there is no switch to turn verification off."""
    if not value.isascii() or not value.isprintable() or " " in value:
        raise InvalidValue("“{value}” holds a letter that an address cannot have; write it as %XX", value=value)
    parts = urlsplit(value)
    if not _port_there_is(parts):
        raise InvalidValue("“{value}” names a port that there is not; write one from 1 to 65535", value=value)
    if parts.scheme == "https" and parts.hostname:
        return value
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return value
    raise InvalidValue(
        "“{value}” must start with https://; write that (plain http:// is for 127.0.0.1 only)", value=value
    )


def _no_number(value: Any) -> Any:
    """The library takes numbers, written as texts too, for seconds since 1970, or since midnight."""
    if isinstance(value, int | float) or (isinstance(value, str) and _is_written_number(value)):
        raise InvalidValue("this is a number; write a day as 2027-03-01, a time of day as 07:30")
    return value


def _is_written_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _of_the_wall(value: time) -> time:
    if value.tzinfo is not None:
        raise InvalidValue("has a time zone; write the time of day alone: 07:30")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]
TimeOfDay = Annotated[time, BeforeValidator(_no_number), AfterValidator(_of_the_wall)]
Code = Annotated[str, Field(pattern=CODE)]
Text = Annotated[str, Field(min_length=1, max_length=400)]
UpstreamUrl = Annotated[str, AfterValidator(_upstream)]
Secret = Annotated[str, Field(pattern=PLAIN_LETTERS)]
