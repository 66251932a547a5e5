"""An office whose machine's clock is set wrong: told over HTTP, with the housekeeping that looks at the clock."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from kiosk.domain.ticket import Ticket
from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.maintenance.verification import verify_store
from tests.office import OfficeStory

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86_400
JUMPS = {
    "+1s": 1,
    "+30s": 30,
    "+5min": 5 * MINUTE,
    "+10min": 10 * MINUTE,
    "+11min": 11 * MINUTE,
    "+1h": HOUR,
    "+7h": 7 * HOUR,
    "+12h": 12 * HOUR,
    "+1d": DAY,
    "+2d": 2 * DAY,
    "+7d": 7 * DAY,
    "+35d": 35 * DAY,
    "+1y": 365 * DAY,
    "+10y": 3653 * DAY,
    "-1s": -1,
    "-30s": -30,
    "-10min": -10 * MINUTE,
    "-11min": -11 * MINUTE,
    "-1h": -HOUR,
    "-7h": -7 * HOUR,
    "-1d": -DAY,
    "-35d": -35 * DAY,
    "-2y": -731 * DAY,
    "-54y": -19_800 * DAY,
}


class ClockStory:
    """A Tuesday of the sample office; the machine has run since Monday."""

    def __init__(self, office: OfficeStory) -> None:
        self.office = office
        self.clock = office.clock
        self.clock.jumps_to("2024-04-16T06:55:00+07:00")
        office.service  # noqa: B018 - the service begins to keep the time
        self.keeper = Housekeeper(office.app, [])
        self.look()

    def look(self) -> None:
        self.keeper.run_once()

    def until(self, time: str, day: str = "2024-04-16") -> None:
        """Time passes, and the clock is looked at once."""
        self.clock.jumps_to(f"{day}T{time}+07:00")
        self.look()

    def passes(self, seconds: float, every: float = 30) -> None:
        """Time passes, and the clock is looked at again and again."""
        while seconds > 0:
            self.clock.passes(min(every, seconds))
            seconds -= every
            self.look()

    def is_set(self, seconds: float) -> None:
        """Somebody, or something, sets the machine's clock."""
        self.clock.is_set(seconds)
        self.look()

    def restart(self, shows: str, day: str = "") -> None:
        """Switched off and on; the machine's clock shows this."""
        self.clock.starts_at(f"{day or '2024-04-16'}T{shows}+07:00" if "T" not in shows else shows)
        self.office._service = self.office._client = None
        self.office.service  # noqa: B018 - a new service in the new boot
        self.keeper = Housekeeper(self.office.app, [])
        self.look()

    # what people do
    def take(self, service: str = "HT") -> TestResponse:
        return self.office.send("POST", "/api/v1/tickets", "kiosk", {"service": service})

    def call(self, counter: str = "1", **body: str) -> TestResponse:
        return self.office.send("POST", f"/api/v1/counters/{counter}/call-next", "counter", body, counter)

    def act(self, ticket: str, what: str, counter: str = "1") -> TestResponse:
        return self.office.send("POST", f"/api/v1/tickets/{ticket}/{what}", "counter", {}, counter)

    def rate(self, ticket: str, counter: str = "1", ago_ms: int = 0) -> TestResponse:
        body = {"ticket": ticket, "answers": {"attitude": "very_satisfied"}, "tapped_ms_ago": ago_ms}
        return self.office.send("POST", "/api/v1/ratings", "tablet", body, counter)

    def confirm(self, right: str, local_time: str | None = None) -> TestResponse:
        body = {"right": right} | ({"local_time": local_time} if local_time else {})
        return self.office.send("POST", "/api/v1/clock", "counter", body, "1")

    # what can be seen
    @property
    def doubt(self) -> str:
        answer = self.office.send("GET", "/api/v1/clock", "counter", counter="1")
        return str(answer.json["doubt"])  # type: ignore[index]

    @property
    def ready(self) -> int:
        return self.office.send("GET", "/readyz", None).status_code

    @property
    def business_date(self) -> str:
        with self.office.app.store.reading() as reading:
            return reading.state.business_date

    def ticket(self, answer: TestResponse | str) -> Ticket:
        return self.office.ticket(answer if isinstance(answer, str) else answer.json["id"])  # type: ignore[index]

    def state(self, answer: TestResponse | str) -> str:
        return self.ticket(answer).state.value

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.office.events() if event["type"] == kind]

    def differences(self) -> list[str]:
        return verify_store(self.office.app.store).listed


def wait_ms(ticket: Ticket) -> int:
    assert ticket.first_called_at is not None
    return ticket.first_called_at - ticket.issued_at


def service_ms(ticket: Ticket) -> int:
    assert ticket.ended_at is not None and ticket.serving_at is not None
    return ticket.ended_at - ticket.serving_at
