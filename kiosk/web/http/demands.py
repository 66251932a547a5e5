"""What a call demands of its caller beside the role: whose object it is, that a clerk sits there, that it is a person,
which fields it sees.

Each call declares its demands; they are checked before its handler runs, inside its transaction if it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from contract.records import dataclass
from kiosk.actions.access import CounterRows, require_clerk_at, require_own_counter
from kiosk.domain.errors import Forbidden
from kiosk.domain.service import Office
from kiosk.web.http.auth import Caller


class CounterReading(Protocol):
    """Where it is read who sits at a counter."""

    @property
    def counters(self) -> CounterRows: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A call by a caller: `path` holds the parts of its address by name."""

    office: Office
    caller: Caller
    path: Mapping[str, str]


@dataclass(frozen=True)
class Demand:
    """`check` raises Forbidden; it is given a reading only where `reads` says so."""

    name: str
    check: Callable[[Asked, CounterReading | None], None]
    reads: Callable[[Asked], bool] = lambda asked: False


def _own_counter(asked: Asked, reading: CounterReading | None) -> None:
    asked.office.counter(asked.path["code"])
    require_own_counter(asked.caller.counter, asked.path["code"])


def _asks_for_clerk(asked: Asked) -> bool:
    return asked.office.require_clerk and asked.caller.role == "counter"


def _clerk(asked: Asked, reading: CounterReading | None) -> None:
    if reading is not None and _asks_for_clerk(asked):
        require_clerk_at(reading.counters, asked.caller.counter or asked.path.get("code"))


def _person(asked: Asked, reading: CounterReading | None) -> None:
    if asked.caller.person is None:
        raise Forbidden("this token belongs to no person; sign in with name and password")


PERSON = Demand("person", _person)
OWN_COUNTER = Demand("own counter", _own_counter)
CLERK = Demand("clerk", _clerk, _asks_for_clerk)

# Fields of a ticket that a citizen's device is not given: why somebody goes first, why it was held, by whom, of what.
CITIZENS = "kiosk tablet"
STAFF_ONLY = ("priority", "reason", "clerk", "dossiers", "kept")


def without(answer: Any, fields: tuple[str, ...]) -> Any:
    """The answer with some fields emptied; `a.b` names field b of the object in field a."""
    if not isinstance(answer, dict):
        return answer
    shown = dict(answer)
    for name in fields:
        head, _, rest = name.partition(".")
        if head not in shown:
            continue
        if rest:
            shown[head] = without(shown[head], (rest,))
        else:
            shown[head] = [] if isinstance(shown[head], list) else None
    return shown
