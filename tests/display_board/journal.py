"""A small office that keeps a journal as the service does, for the tests of those who follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.display_board.office import NOW, snapshot

COUNTERS = ("1", "2", "3", "4", "5")
SERVICES = ("HT", "HT", "DD", "VX", "VP")


def utc(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Visit:
    """A ticket and what was done last with it, so that it can be undone."""

    number: str
    service: str
    state: str = "WAITING"
    counter: str | None = None
    calls: int = 0
    called_at: int | None = None
    before: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        return f"t-{self.number}"


@dataclass
class SmallOffice:
    """`now` in ms. Every method that is not possible does nothing, as a refused action leaves no event."""

    now: int = NOW
    epoch: str = "e1"
    events: list[dict[str, Any]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def passes(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def issue(self) -> None:
        ordinal = len(self.visits) + 1
        service = SERVICES[ordinal % 5]
        letter = {"HT": "A", "DD": "C", "VX": "H", "VP": "K"}[service]
        visit = Visit(f"{letter}{ordinal:03d}", service)
        self.visits.append(visit)
        self._record("ticket.issued", visit, position=1)

    def call(self, counter: str) -> None:
        waiting = [visit for visit in self.visits if visit.state == "WAITING"]
        if self._at(counter) is not None:
            self.finish(counter)
        if waiting:
            self._call(waiting[0], counter, "ticket.called", why="arrival")

    def recall(self, counter: str) -> None:
        visit = self._at(counter)
        if visit is not None and visit.state == "CALLED":
            self._call(visit, counter, "ticket.recalled")

    def start(self, counter: str) -> None:
        visit = self._at(counter)
        if visit is not None and visit.state == "CALLED":
            self._step("ticket.serving_started", visit, state="SERVING")

    def finish(self, counter: str) -> None:
        visit = self._at(counter)
        if visit is not None:
            if visit.state == "CALLED":
                self._step("ticket.serving_started", visit, state="SERVING")
            self._step("ticket.completed", visit, state="COMPLETED")

    def transfer(self, counter: str) -> None:
        visit = self._at(counter)
        if visit is not None:
            self._step("ticket.transferred", visit, state="WAITING", service="VX")

    def undo(self, counter: str) -> None:
        visit = self._at(counter)
        if visit is not None and visit.before is not None:
            restored, visit.before = visit.before, None
            for key, value in restored.items():
                setattr(visit, key, value)
            self._record("ticket.undone", visit, undoes="-", calls=visit.calls, called_at=visit.called_at)

    def body(self) -> dict[str, Any]:
        """The answer to GET /board now."""
        return snapshot(
            seq=len(self.events),
            epoch=self.epoch,
            notices=[],
            progress=[],
            counters=[self._row(code, SERVICES[i]) for i, code in enumerate(COUNTERS)],
            queues=[
                {"service": code, "name": code, "prefix": letter, "waiting": self._waiting(code)}
                for code, letter in (("HT", "A"), ("DD", "C"), ("VX", "H"), ("VP", "K"), ("KQ", "R"))
            ],
            recent_calls=[
                {
                    "number": v.number,
                    "service": v.service,
                    "counter": v.counter,
                    "time": utc(v.called_at or 0),
                    "recall": v.calls > 1,
                }
                for v in sorted(self.visits, key=lambda v: -(v.called_at or 0))
                if v.called_at
            ][:8],
        )

    def _row(self, code: str, service: str) -> dict[str, Any]:
        visit = self._at(code)
        held = visit and {"id": visit.id, "number": visit.number, "service": visit.service, "state": visit.state}
        return {"code": code, "name": f"Quầy {code}", "services": [service], "state": "OPEN", "ticket": held}

    def _waiting(self, service: str) -> int:
        return sum(visit.state == "WAITING" and visit.service == service for visit in self.visits)

    def _at(self, counter: str) -> Visit | None:
        return next((v for v in self.visits if v.counter == counter and v.state in {"CALLED", "SERVING"}), None)

    def _call(self, visit: Visit, counter: str, kind: str, **more: Any) -> None:
        self.now += 1
        calls = visit.calls + 1
        self._step(
            kind, visit, {"calls": calls, **more}, state="CALLED", counter=counter, calls=calls, called_at=self.now
        )

    def _step(self, kind: str, visit: Visit, more: dict[str, Any] | None = None, **after: Any) -> None:
        names = ("state", "service", "counter", "calls", "called_at")
        visit.before = {name: getattr(visit, name) for name in names}
        for key, value in after.items():
            setattr(visit, key, value)
        self._record(kind, visit, **(more or {}))

    def _record(self, kind: str, visit: Visit, **more: Any) -> None:
        data = {"number": visit.number, "service": visit.service, "state": visit.state, "counter": visit.counter}
        self.events.append(
            {
                "id": f"ev-{len(self.events) + 1}",
                "epoch": self.epoch,
                "seq": len(self.events) + 1,
                "type": kind,
                "time": utc(self.now),
                "business_date": "2024-04-15",
                "subject": visit.id,
                "data": {**data, **more},
            }
        )
