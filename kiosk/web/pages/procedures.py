"""Procedures on a citizen's own phone: the list, the search, and each with an address of its own to take along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from flask import Flask, render_template, request
from werkzeug.exceptions import NotFound

from contract.catalogues import DEFAULT_LANGUAGE
from contract.counter_runs import counter_runs
from contract.records import dataclass
from kiosk.i18n.catalogues import translate
from kiosk.queries.procedure_search import search_procedures, valid_on
from kiosk.queries.public_configuration import PublicConfiguration, PublicProcedure
from kiosk.web.http.dependencies import dependencies

MOST_LETTERS = 100  # of a question
MOST_FOUND = 20
NAMES = {"vi": "Tiếng Việt", "hre": "Hrê", "en": "English"}


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
    found = search_procedures(valid_on(shown["procedures"], _today()), asked, shown["texts"])
    rows = [_shown(row, shown) for row in (found[:MOST_FOUND] if asked else found)]
    return _rendered("procedures.html", shown, rows=rows, asked=asked)


def _one_page(code: str) -> str:
    """Of one that no longer holds as well: it says so, and what is asked for instead. Raises NotFound."""
    shown = dependencies().configuration
    by_code = {row["code"]: row for row in shown["procedures"]}
    if code not in by_code:
        raise NotFound
    row = by_code[code]
    over = None if valid_on([row], _today()) else row["valid_until"] or ""
    instead = by_code.get(row["replaced_by"] or "")
    return _rendered("procedure.html", shown, one=_shown(row, shown), over=over, instead=instead)


def asked_language(languages: list[str]) -> str:
    """Of the office's languages the one that the address asks for by `lang`, else the first."""
    asked = request.args.get("lang", "")
    return asked if asked in languages else first_language(languages)


def first_language(languages: list[str]) -> str:
    return next(iter(languages), DEFAULT_LANGUAGE)


def _rendered(template: str, shown: PublicConfiguration, **values: object) -> str:
    """In the language that is asked for; its links stay in it."""
    languages = shown["office"]["languages"]
    language = asked_language(languages)
    texts: Mapping[str, str] = shown["texts"].get(language, {})
    return render_template(
        template,
        office=shown["office"]["name"],
        legal_basis=shown["office"]["legal_basis"],
        language=language,
        others=[(code, _name_of(code)) for code in languages if code != language],
        lang="" if language == first_language(languages) else f"?lang={language}",
        _=partial(translate, language=language),
        ours=lambda text: texts.get(text, text),
        **values,
    )


def _name_of(language: str) -> str:
    """What a language calls itself: as its file of sentences says, else as it is known here, else its code."""
    own = translate("Name of this language", language)
    return NAMES.get(language, language) if own in {"Name of this language", NAMES["vi"]} else own


def _shown(row: PublicProcedure, shown: PublicConfiguration) -> ShownProcedure:
    letter = next((one["letter"] for one in shown["services"] if one["code"] == row["service"]), "")
    codes = [one["code"] for one in shown["counters"] if row["service"] in one["services"]]
    return ShownProcedure(row, letter, tuple(counter_runs(codes)))
