"""What a restore does about numbers that are on paper and in no database."""

from __future__ import annotations

from pathlib import Path

from config import places
from kiosk.app import App
from kiosk.commands.common import operator
from kiosk.commands.dialogue import Talk
from kiosk.commands.speech import say, warn, words
from kiosk.domain.numbering import ticket_number
from kiosk.domain.receivers import highest_numbers
from kiosk.maintenance.backup import NotABackup
from kiosk.maintenance.backup_signature import administrators_of, check_signature
from kiosk.maintenance.ended_credentials import end_again
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.maintenance.journal_head import current_head, head_file, is_in_journal, recorded_head
from kiosk.maintenance.known_numbers import (
    KnownNumbers,
    lost_by_restore,
    numbers_before,
    numbers_of_file,
    with_receivers,
)
from kiosk.maintenance.state_files import archive_file, bring_back

STRANGERS = "{refusal}; it brings administrators unknown here: {names}"
UNKNOWN_MAKER = "nobody knows who made this backup; its administrators: {names}"
FILES_BACK = "files of the office brought back: {brought}; here already, and left as they are: {left}"
OTHER_HISTORY = "{name} holds another event {seq} of this epoch; its history stays there, and that of this machine here"
KNOWN_THERE = "the one-stop side has the numbers of {day} up to {highest}; the series go on behind them with a gap"


def check_origin(office: str, backup: Path, replaced: Path, unsigned: bool) -> None:
    """Raises NotABackup when this office did not make the backup so; names administrators that it would bring.

    `replaced`: the database of now. Without the machine's key nobody knows who made it: then it is told whom it brings.
    """
    brought = administrators_of(backup)
    known = administrators_of(replaced) if replaced.exists() else []
    strangers = [name for name in brought if name not in known]
    try:
        checked = check_signature(backup, office)
    except NotABackup as refusal:
        if not unsigned:
            if known and strangers:
                raise NotABackup(STRANGERS, refusal=refusal, names=", ".join(strangers)) from None
            raise
        checked = False
    if not checked:
        warn(UNKNOWN_MAKER, names=", ".join(brought) or words("none"))


def bring_state_files(office: str, backup: Path, unsigned: bool) -> None:
    """What the archive beside a backup has and this machine lacks; told, and never a reason against the restore.

    A backup of an earlier version has no archive.
    """
    archive = archive_file(backup)
    if not archive.exists():
        return
    try:
        try:
            check_signature(archive, office)
        except NotABackup:
            if not unsigned:
                raise
        brought, left = bring_back(archive, places.home())
    except (NotABackup, OSError) as error:
        warn("the files beside the database were not brought back: {problem}", problem=error)
        return
    say(FILES_BACK, brought=len(brought), left=len(left))


def known_before(app: App, replaced: Path) -> KnownNumbers | None:
    """What the database that is replaced and its recorded end say of the numbers; `app` has the backup."""
    code = app.office.code
    with app.store.reading() as reading:
        continues = reading.state.head.epoch
    found = numbers_of_file(replaced, code, continues) if replaced.exists() else None
    return numbers_before(found, recorded_head(code), continues)


def keep_database(app: App) -> KnownNumbers | None:
    """The same for a database that was put in place by other means: only the recorded end can tell.

    It knows less than a receiver that holds another history of the current epoch, whose numbers are on paper as well.
    """
    if _numbers_on_other_branches(app):
        return None
    record = recorded_head(app.office.code)
    if record is None:
        return None
    with app.store.reading() as reading:
        head = current_head(reading)
        if is_in_journal(record, reading):
            return KnownNumbers(head.business_date, head.numbers, True, head.epoch, head.seq)
    return numbers_before(None, record, head.epoch)


def _numbers_on_other_branches(app: App) -> bool:
    """Whether a receiver holds another history of the current epoch, in which numbers of today may have been given."""
    from kiosk.receiver_positions import ALONE_S, answered, ask_receivers, other_branches

    if not app.configuration.sync.connector:
        return False
    question = ask_receivers(app)
    branches = other_branches(app, question, ALONE_S)
    for name, seq in branches.items():
        say(OTHER_HISTORY, name=name, seq=seq)
    day = _business_date(app)
    dates = [word.business_date for word in answered(question, 0)]
    return bool(branches) and not (dates and all(date is not None and date < day for date in dates))


def _business_date(app: App) -> str:
    with app.store.reading() as reading:
        return max(app.office.hours.civil_date(app.clock.now_ms()), reading.state.business_date)


def begin_epoch(app: App, known: KnownNumbers | None, last_numbers: dict[str, int], ask: bool) -> str:
    """A new epoch that tells what is lost and skips it.

    `last_numbers`: the highest numbers by letter as people know them.
    `ask`: somebody sits at the terminal. Returns the epoch's name.
    """
    today = app.office.hours.civil_date(app.clock.now_ms())
    services = {service.letter: service.name for service in app.office.services.values()}
    received = dict[str, int]()
    if known is None or not known.complete:
        known, received = _ask_receivers(app, known)
    if ask and not received and (known is None or not known.complete):
        missing = {letter: name for letter, name in services.items() if letter not in last_numbers}
        last_numbers = {**_asked(missing), **last_numbers}
    with app.store.reading() as reading:
        lost = lost_by_restore(reading, known, last_numbers, services, today)
    epoch = start_new_epoch(app, "restored", lost, operator())
    for one in lost.ranges if lost is not None else ():
        first, last = ticket_number(one.letter, one.first), ticket_number(one.letter, one.last)
        say("{first} to {last} may be on paper and are not given again", first=first, last=last)
    if ended := end_again(app.store, app.clock.now_ms()):
        say("ended before and not brought back: {names}", names=", ".join(ended))
    return epoch


def _ask_receivers(app: App, known: KnownNumbers | None) -> tuple[KnownNumbers | None, dict[str, int]]:
    """What receivers know beside what is known, and the highest numbers that they tell of the present business date."""
    from kiosk.receiver_positions import ALONE_S, answered, ask_receivers

    day = _business_date(app)
    words = answered(ask_receivers(app), ALONE_S) if app.configuration.sync.connector else []
    received = highest_numbers(words, day)
    if received:
        highest = ", ".join(ticket_number(letter, ordinal) for letter, ordinal in sorted(received.items()))
        say(KNOWN_THERE, day=day, highest=highest)
    return with_receivers(known, words, day), received


def record_end(app: App) -> None:
    """The journal's recorded end is that of this database from now on."""
    with app.store.reading() as reading:
        head_file().start(current_head(reading))


def _asked(services: dict[str, str]) -> dict[str, int]:
    talk = Talk(asks=True)
    talk.say("The database that is replaced does not tell how far today's numbers went.")
    question = "The highest number given today of {letter} ({service}); 0 when none, only Enter when nobody knows:"
    answers = {letter: talk.number_if_known(question, letter=letter, service=name) for letter, name in services.items()}
    return {letter: ordinal for letter, ordinal in answers.items() if ordinal is not None}
