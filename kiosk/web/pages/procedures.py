"""Procedures on a citizen's own phone: the list, the search, and each with an address of its own to take along."""

from __future__ import annotations

from datetime import date

from flask import Flask, render_template, request
from werkzeug.exceptions import NotFound

from contract.counter_runs import counter_runs
from contract.records import dataclass
from kiosk.queries.procedure_search import search_procedures, valid_on
from kiosk.queries.public_configuration import PublicConfiguration, PublicProcedure
from kiosk.web.http.dependencies import dependencies

MOST_LETTERS = 100  # of a question
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class ShownProcedure:
    """A procedure with the sign of its service, and the counters ("1 hoặc 2" as "1", "2") where it is asked for."""

    row: PublicProcedure
    letter: str
    counters: tuple[str, ...]


def register(app: Flask) -> None:
    app.add_url_rule("/procedures", "page procedures", _list_page)
    app.add_url_rule("/procedures/<code>", "page procedure", _one_page)


def _today() -> date:
    given = dependencies()
    return given.office.hours.local(given.clock.now_ms()).date()


def _list_page() -> str:
    shown = dependencies().configuration
    asked = request.args.get("q", "").strip()[:MOST_LETTERS]
    found = search_procedures(valid_on(shown["procedures"], _today()), asked)
    rows = [_shown(row, shown) for row in (found[:MOST_FOUND] if asked else found)]
    return render_template("procedures.html", **_office(shown), rows=rows, asked=asked)


def _one_page(code: str) -> str:
    """Of one that no longer holds as well: it says so, and what is asked for instead. Raises NotFound."""
    shown = dependencies().configuration
    by_code = {row["code"]: row for row in shown["procedures"]}
    if code not in by_code:
        raise NotFound
    row = by_code[code]
    over = None if valid_on([row], _today()) else row["valid_until"] or ""
    instead = by_code.get(row["replaced_by"] or "")
    return render_template("procedure.html", **_office(shown), one=_shown(row, shown), over=over, instead=instead)


def _office(shown: PublicConfiguration) -> dict[str, str]:
    return {"office": shown["office"]["name"], "legal_basis": shown["office"]["legal_basis"]}


def _shown(row: PublicProcedure, shown: PublicConfiguration) -> ShownProcedure:
    letter = next((one["letter"] for one in shown["services"] if one["code"] == row["service"]), "")
    codes = [one["code"] for one in shown["counters"] if row["service"] in one["services"]]
    return ShownProcedure(row, letter, tuple(counter_runs(codes)))
