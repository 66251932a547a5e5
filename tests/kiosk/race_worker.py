"""One process of the race: several clients, each a thread, on the same database."""

from __future__ import annotations

import json
import sys
import threading

from kiosk.actions import calling, days, tickets
from kiosk.bootstrap import build_app
from kiosk.store.unit_of_work import Actor
from tests.office import FixedClock, sample_configuration


def main(url: str, what: str, clients: int, each: int) -> None:
    app = build_app(sample_configuration(url), FixedClock())
    answers: list[list[str]] = [[] for _ in range(clients)]

    def issue(client: int) -> None:
        for _ in range(each):
            with app.store.unit(Actor("kiosk", f"kiosk-{client}"), app.clock.now_ms()) as unit:
                days.ensure_today(unit)
                answers[client].append(
                    tickets.issue_ticket(unit, tickets.TicketRequest("HT"), f"kiosk-{client}")[0].number
                )

    def call(client: int) -> None:
        counter = str(client % 2 + 1)
        while True:
            with app.store.unit(Actor("counter", counter), app.clock.now_ms()) as unit:
                ticket = calling.call_next(unit, counter, calling.COMPLETE)
            if ticket is None:
                return
            answers[client].append(ticket.number)

    threads = [threading.Thread(target={"issue": issue, "call": call}[what], args=(c,)) for c in range(clients)]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    app.close()
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
