"""Reports that are made by themselves: the newest period of each that has ended, once, into a folder or by mail."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from config import places
from config.schedule import MailSection, ScheduledReportSection
from contract.records import dataclass
from kiosk.app import App
from kiosk.bootstrap import office_forms
from kiosk.i18n.system_words import refusal_of_system
from kiosk.jobs.job import Job, JobAnswer, JobRefused, no_progress
from kiosk.reports import catalogue
from kiosk.reports.choices import period_choices, title_of
from kiosk.reports.office_forms import forms_or_none, using
from kiosk.reports.periods import Period
from kiosk.reports.wording import translate
from kiosk.worker.mail_words import WholeSubject, refusal_of_mail, refusal_of_recipients
from kiosk.worker.reports import make_report

FILE = "schedule.json"
SECONDS = 60.0  # that a mail server may take for an answer
MIME = {kind: tuple(mime.split("/")) for kind, mime in catalogue.TYPES.items()}


class NotDelivered(Exception):
    """A report that could not be made or handed over; the message says why. It is tried again by the next run."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """A scheduled report and the period that it is due for."""

    section: ScheduledReportSection
    period: Period

    @property
    def key(self) -> str:
        one = self.section
        return "|".join([one.name, one.format, one.every, one.folder, *one.to])

    @property
    def file_name(self) -> str:
        return f"{self.section.name}-{self.period.first}-{self.period.last}.{self.section.format}"


def run_schedule(app: App) -> Iterator[tuple[DueReport, str, str]]:
    """Makes and delivers what is due; yields each with why it failed, and with why one that was delivered cannot be
    made again as it is; or empty texts.
    """
    now_ms = app.clock.now_ms()
    today = app.office.hours.local(now_ms).date()
    with using(forms_or_none(office_forms)):
        reports = due_reports(app.configuration.schedule.report, today)
    for due in reports:
        try:
            made = _made(app, due, now_ms)
            warning = str(made.values.get("warning", ""))
            deliver(app, due, made.data, warning)
            _note(due)
        except NotDelivered as error:
            yield due, str(error), ""
        else:
            yield due, "", warning


def due_reports(sections: list[ScheduledReportSection], today: date) -> list[DueReport]:
    """Those whose newest ended period was not delivered yet."""
    delivered = _delivered()
    reports = [DueReport(section, _last_ended(section.every, today)) for section in sections]
    return [due for due in reports if delivered.get(due.key, "") < due.period.last.isoformat()]


def deliver(app: App, due: DueReport, data: bytes, warning: str = "") -> None:
    """`warning`: what is to be known of it, for the letter. Raises NotDelivered."""
    if due.section.folder:
        _put_into(Path(due.section.folder), due.file_name, data)
    if due.section.to:
        mail = app.configuration.schedule.mail
        _send(mail, _message(app, due, data, warning))


def _made(app: App, due: DueReport, now_ms: int) -> JobAnswer:
    section, period = due.section, due.period
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    job = Job("report", {"name": section.name, "format": section.format, "now_ms": now_ms, **days})
    try:
        return make_report(app, job, no_progress)
    except JobRefused as error:
        raise NotDelivered(str(error)) from error


def _last_ended(every: str, today: date) -> Period:
    if every == "day":
        return Period(today - timedelta(days=1), today - timedelta(days=1))
    (kind,) = (one for one in period_choices(today) if one.kind == every)
    return next(choice.period for choice in kind.choices if choice.period.last < today)


def _put_into(folder: Path, name: str, data: bytes) -> None:
    """Whole or not at all: nobody reads half a file."""
    beside = folder / f".{name}.new"
    try:
        beside.write_bytes(data)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(folder / name)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)  # half a file takes the room that is missing
        raise _not_written(folder, error) from error


def _not_written(path: Path, error: OSError) -> NotDelivered:
    sentence = "{file}: cannot be written ({problem}); see that the folder is there, may be written and has space"
    return NotDelivered(translate(sentence, file=path, problem=refusal_of_system(error)))


def _message(app: App, due: DueReport, data: bytes, warning: str) -> EmailMessage:
    title = title_of(catalogue.REPORTS[due.section.name].description)
    span = f"{due.period.first:%d/%m/%Y} – {due.period.last:%d/%m/%Y}"
    message = EmailMessage(WholeSubject())
    message["Subject"] = f"{app.office.name}: {title}, {span}"
    message["From"], message["To"] = str(app.configuration.schedule.mail.sender), ", ".join(due.section.to)
    message["Date"], message["Message-ID"] = formatdate(app.clock.now_ms() / 1000), make_msgid(domain="motcua.local")
    message.set_content("".join(f"{line}\n" for line in (title, span, app.office.name, warning) if line))
    main, sub = MIME[due.section.format]
    charset = {"charset": "utf-8"} if main == "text" else {}
    message.add_attachment(data, maintype=main, subtype=sub, filename=due.file_name, params=charset)
    return message


def _send(mail: MailSection, message: EmailMessage) -> None:
    """Raises NotDelivered; a recipient who is refused counts as not delivered."""
    context = ssl.create_default_context()
    try:
        connection = (
            smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
            if mail.security == "tls"
            else smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
        )
        with connection:
            if mail.security == "starttls":
                connection.starttls(context=context)
            if mail.username:
                connection.login(mail.username, mail.password)
            refused = connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:  # all of them
        refused = error.recipients
    except (OSError, UnicodeError) as error:
        sentence = "mail by {server}: {problem}; see to [schedule.mail] and the line"
        words = refusal_of_mail(error)
        raise NotDelivered(translate(sentence, server=f"{mail.host}:{mail.port}", problem=words)) from error
    if refused:
        raise NotDelivered(refusal_of_recipients(f"{mail.host}:{mail.port}", refused))


def _delivered() -> dict[str, str]:
    """The last day of the newest period delivered, by key; a broken file means that all are delivered again."""
    try:
        data = json.loads((places.home() / "reports" / FILE).read_text(encoding="utf-8"))
        return {str(key): str(day) for key, day in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _note(due: DueReport) -> None:
    """Raises NotDelivered: what cannot be noted is delivered again."""
    path = places.home() / "reports" / FILE
    beside = path.with_suffix(".new")
    delivered = {**_delivered(), due.key: due.period.last.isoformat()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_text(json.dumps(delivered, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
