"""`motcua report`, `motcua verify`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.common import add_config, configuration
from kiosk.commands.speech import fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.app import App
    from kiosk.commands.report_basis import ReportBasis
    from kiosk.domain.office_facts import OfficeFacts
    from kiosk.domain.office_files import OfficeFiles
    from kiosk.reports.periods import Period
    from kiosk.reports.request import AsOf, ReportRequest

WITH_WORDS = frozenset({"office-report", "staff", "evaluation"})  # of the office's own: remarks or points


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add_report(commands)
    verify = commands.add_parser(
        "verify",
        help="recount every figure from the journal, check numbers and the hash chain",
        epilog="example: motcua verify --config office.toml",
    )
    add_config(verify)
    verify.add_argument(
        "--alone", action="store_true", help="by one process, which takes twice as long and leaves a processor free"
    )
    verify.set_defaults(run=_verify)


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser(
        "report",
        help="make a report; `motcua report list` names them",
        epilog="example: motcua report daily --from 2024-04-01 --to 2024-04-14 --format html --out april.html",
    )
    add_config(report)
    report.add_argument("name", help='name of the report, or "list"')
    report.add_argument("--from", dest="first", metavar="DATE", help="first business date, for example 2024-04-01")
    report.add_argument("--to", dest="last", metavar="DATE", help="last business date, included")
    report.add_argument(
        "--period",
        metavar="KIND:WHICH",
        help="a period of the calendar of reports instead of two days: month:2024-04 (15/3 to 14/4), quarter:2024-Q2, "
        "half-year:2024-H1, nine-months:2024-N9, year:2024, week:2024-W15, calendar-quarter:2024-Q2 …",
    )
    report.add_argument(
        "--format", dest="kind", default="json", metavar="FORMAT", help="json (default), csv, html, xlsx, docx, pdf"
    )
    report.add_argument("--digitised-to", metavar="DATE", help="office-report: digitisation is counted up to this day")
    report.add_argument("--accept-damage", action="store_true", help="make it although the database does not recount")
    report.add_argument(
        "--as-of", metavar="EPOCH:SEQ", help="make it from what the journal held there; the foot of a report names both"
    )
    report.add_argument("--dated", metavar="DATE", help="the day on the document, instead of today")
    report.add_argument(
        "--as-template",
        action="store_true",
        help="docx: a template with tags to edit in Word; put it into reports/templates/NAME.docx of the state folder",
    )
    report.add_argument("--out", metavar="FILE", help="write to a file instead of standard output")
    report.set_defaults(run=_report)


def _app(args: argparse.Namespace) -> App:
    from kiosk.bootstrap import open_app

    return open_app(configuration(args))


def _report(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import office_forms
    from kiosk.reports import catalogue
    from kiosk.reports.office_forms import FormsBroken, using
    from kiosk.reports.periods import InvalidPeriod

    needs_rules = args.as_of is None or args.period is not None  # else one made again has its own
    try:
        with using(office_forms() if needs_rules else None):
            if args.name == "list":
                print("\n".join(_listed()))
                return 0
            catalogue.check_request(args.name, args.kind)
            period = _period(args)
    except (catalogue.NoSuchReport, InvalidPeriod, FormsBroken) as error:
        fail(str(error))
        return 2
    return _make_report(args, period)


def _listed() -> Iterator[str]:
    """Every report with its formats and the forms it has had, then the periods that can be named."""
    from kiosk.reports import catalogue
    from kiosk.reports.choices import title_of
    from kiosk.reports.forms import dates_of_forms, written
    from kiosk.reports.periods import KINDS
    from kiosk.reports.wording import translate

    for name, kind in catalogue.REPORTS.items():
        yield f"{name}: {title_of(kind.description)} ({', '.join(kind.formats)})"
        for since, until, source in dates_of_forms(name):
            span = "form from {first}: {source}" if until is None else "form from {first} to {last}: {source}"
            last = "" if until is None else written(until - timedelta(days=1))
            yield f"  {translate(span, first=written(since), last=last, source=source)}"
    yield translate(
        "periods: {periods}", periods=", ".join(f"--period {kind}:{which}" for kind, which in KINDS.items())
    )
    yield translate("or any days: --from {first} --to {last}", first="2024-04-01", last="2024-04-14")


def _period(args: argparse.Namespace) -> Period:
    """From --period, or from --from and --to. Raises InvalidPeriod."""
    from kiosk.reports.periods import InvalidPeriod, period_of, range_of
    from kiosk.reports.wording import translate

    if args.period is not None:
        kind, _, text = args.period.partition(":")
        return period_of(kind, text)
    if args.first is None or args.last is None:
        sentence = (
            "name the days with --from DAY --to DAY, or a period with --period, for example --period month:2024-04"
        )
        raise InvalidPeriod(translate(sentence))
    return range_of(args.first, args.last)


def _make_report(args: argparse.Namespace, period: Period) -> int:
    from kiosk.i18n.system_words import refusal_of_system
    from kiosk.maintenance.start_check import check_for_figures
    from kiosk.reports import catalogue
    from kiosk.reports.office_forms import FormsBroken
    from kiosk.reports.periods import InvalidPeriod
    from kiosk.reports.remarks import RemarksUnreadable
    from kiosk.reports.request import TemplateBroken
    from kiosk.reports.wording import translate

    app = _app(args)
    if not args.accept_damage:
        check_for_figures(app)
    try:
        basis = _basis(app, args, period)
        request, today = _request(app, args, period, basis), _today(app)
        with app.store.reading() as reading:
            request, files = catalogue.settled(reading, request, basis.files)
            data, head = catalogue.make_report(reading, basis.office, request), reading.state.head
    except (catalogue.NoSuchReport, RemarksUnreadable, TemplateBroken, InvalidPeriod, FormsBroken) as error:
        return fail(str(error))
    finally:
        app.close()
    if request.as_of is None and not args.as_template:
        _keep_printed(app, request, today, (head.epoch, head.seq), files)
    if args.out is None:
        sys.stdout.buffer.write(data)
        return 0
    try:
        Path(args.out).write_bytes(data)
    except OSError as error:
        sentence = "{file}: cannot be written ({problem}); see that the folder is there, may be written and has space"
        return fail(translate(sentence, file=args.out, problem=refusal_of_system(error)))
    return 0


def _keep_printed(app: App, request: ReportRequest, today: date, place: tuple[str, int], files: OfficeFiles) -> None:
    """So that it can be made again when the office's settings, words, template, forms or rules have changed."""
    from kiosk.maintenance.printed_settings import report_files

    days = (request.period.first.isoformat(), request.period.last.isoformat())
    dated = None if request.letter is None else request.letter.day
    if warning := report_files(app).keep_printed(request.name, days, today, place, files, dated):
        print(warning, file=sys.stderr)


def _basis(app: App, args: argparse.Namespace, period: Period) -> ReportBasis:
    """Raises FormsBroken, InvalidPeriod, RemarksUnreadable, TemplateBroken."""
    from kiosk.commands.report_basis import RequestAgain, basis_of_then, basis_of_today, begin_files
    from kiosk.reports.printed import PrintedReport

    place = _as_of(args)
    if args.name in WITH_WORDS and place is None and not args.as_template:  # on others, remarks of today change nothing
        begin_files(args.name)
    if place is None or args.as_template:
        return basis_of_today(app, args.name)
    days = (period.first.isoformat(), period.last.isoformat(), _day_on_it(app, args).isoformat())
    return basis_of_then(app, RequestAgain(PrintedReport(args.name, *days, place.epoch, place.seq), args.kind))


def _request(app: App, args: argparse.Namespace, period: Period, basis: ReportBasis) -> ReportRequest:
    """Raises InvalidPeriod, RemarksUnreadable."""
    from kiosk.bootstrap import letterhead
    from kiosk.reports.delays import delays_in
    from kiosk.reports.request import ReportRequest

    return ReportRequest(
        args.name,
        args.kind,
        period,
        basis.level_names,
        letterhead(basis.configuration, _day_on_it(app, args)),
        _about(basis, args.name) if args.name in WITH_WORDS else None,
        _digitised(args, period),
        _as_of(args),
        None if args.as_template else basis.template(args.kind),
        args.as_template,
        forms=basis.forms,
        delays=delays_in(basis.files.delays) if basis.files.delays else None,
    )


def _about(basis: ReportBasis, report: str) -> OfficeFacts:
    """What a report says of the office. Raises RemarksUnreadable."""
    from kiosk.bootstrap import office_facts
    from kiosk.reports.office_points import given_by

    facts, until = office_facts(basis.configuration, report, basis.files), basis.points_until
    return facts if until is None else replace(facts, points=given_by(facts.points, until))


def _as_of(args: argparse.Namespace) -> AsOf | None:
    """Raises InvalidPeriod."""
    from kiosk.reports.periods import InvalidPeriod
    from kiosk.reports.request import AsOf
    from kiosk.reports.wording import translate

    if args.as_of is None:
        return None
    epoch, colon, seq = args.as_of.rpartition(":")
    if not colon or not seq.isdigit():
        sentence = "“{given}” is no position; write EPOCH:SEQ as it stands at the foot of the report"
        raise InvalidPeriod(translate(sentence, given=args.as_of))
    return AsOf(epoch, int(seq))


def _day_on_it(app: App, args: argparse.Namespace) -> date:
    """Raises InvalidPeriod."""
    from kiosk.reports.periods import range_of

    return range_of(args.dated, args.dated).first if args.dated else _today(app)


def _today(app: App) -> date:
    return app.office.hours.local(app.clock.now_ms()).date()


def _digitised(args: argparse.Namespace, period: Period) -> Period | None:
    """The range of digitisation where it ends on another day. Raises InvalidPeriod."""
    from kiosk.reports.periods import range_of

    return range_of(period.first.isoformat(), args.digitised_to) if args.digitised_to else None


def _verify(args: argparse.Namespace) -> int:
    from kiosk.maintenance.check_outcomes import note_verification
    from kiosk.maintenance.verification import collecting_seldom, helped, verify_store

    with collecting_seldom(), ExitStack() as stack:
        second = None if args.alone else stack.enter_context(helped(lambda: _app(args)))
        app = _app(args)
        stack.callback(app.close)
        result = verify_store(app.store, second)
        note_verification(app, result)
    for file in result.unusable:
        print(f"not counted by the office's own rules: {file}")
    for remark in result.remarks:
        print(f"remark: {remark}")
    print("\n".join(result.listed), end="\n" if result.listed else "")
    if result.differences > len(result.listed):
        print(f"… and {result.differences - len(result.listed)} more")
    print(
        f"{result.differences} differences; checked {result.events} events in {result.epochs} epochs, "
        f"{result.tickets} tickets and {result.figures} figures of {result.days} days, {result.ratings} ratings, "
        f"{result.dossiers} dossiers"
    )
    return 1 if result.differences or result.unusable else 0
