"""`motcua config`, `motcua init`."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from config.sentences import Sentence, sentence
from kiosk.commands.common import add_config, configuration, group, operator
from kiosk.commands.requirements import told_left_behind, unusable, warn_of_exposures
from kiosk.commands.speech import fail, say, warn, words
from kiosk.commands.traces import acting, trace

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.app import App

NO_ADMINISTRATOR = "the database is ready, but it has no administrator; give --admin-name and a password"
AUTHORITY = "certificate authority of this office: {fingerprint}"
NO_CERTIFICATE = "motcua: no certificate was made, so that nothing listens on HTTPS: {problem}"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    config = group(commands, "config", "print the sample configuration, check a configuration")
    sample = config.add_parser("sample", help="print the sample", epilog="example: motcua config sample > office.toml")
    sample.add_argument(
        "--guarded", action="store_true", help="with HTTPS for the network, staff's pages at an address of their own"
    )
    sample.set_defaults(run=_sample)
    check = config.add_parser(
        "check", help="report every problem at once", epilog="example: motcua config check --config office.toml"
    )
    add_config(check)
    check.add_argument("--language", choices=("vi", "en"), default="vi", help="of what is said (default vi)")
    check.set_defaults(run=_check)
    init = commands.add_parser(
        "init", help="create or upgrade the database", epilog="example: motcua init --config office.toml"
    )
    add_config(init)
    init.add_argument("--admin-name", help="name of the first administrator (asked for when there is none yet)")
    init.add_argument("--admin-password-stdin", action="store_true", help="read the password from standard input")
    init.set_defaults(run=_init)


def _sample(args: argparse.Namespace) -> int:
    from config.loading import guarded_sample_text, sample_text

    text = guarded_sample_text() if args.guarded else sample_text()
    sys.stdout.buffer.write(text.encode())  # a file of UTF-8, whatever the terminal knows
    return 0


def _check(args: argparse.Namespace) -> int:
    from config.checks import strangers
    from config.loading import ConfigurationError
    from config.sentences import translate

    language: str = args.language
    try:
        settings = configuration(args)
    except ConfigurationError as error:
        print(error.told(language), file=sys.stderr)
        return 1
    odd = [f"{place}: {what.told(language)}" for place, what in (*_unprintable(settings), *strangers(settings))]
    wrong = [*unusable(settings, language), *odd, *_unmade(settings, language), *_left_behind(settings, language)]
    if wrong:
        return fail("\n".join(wrong))
    warn_of_exposures(settings, language)
    counts = {"services": len(settings.service), "counters": len(settings.counter)}
    print(f"ok: {settings.office.name}: {translate('{services} services, {counters} counters', language, **counts)}")
    return 0


def _unprintable(settings: Configuration) -> Iterator[tuple[str, Sentence]]:
    """Words of slips with letters that the slips' typeface does not have: a box would stand there."""
    from ticket_printer.rendering.typeface import missing_letters

    texts = {"office.name": settings.office.name}
    texts |= {f"service[{i}].name": service.name for i, service in enumerate(settings.service)}
    texts |= {f"counter[{i}].name": counter.name for i, counter in enumerate(settings.counter)}
    for language, slip_words in settings.slip_words.items():
        given: dict[str, str] = slip_words.model_dump(exclude={"services"})
        texts |= {f"slip_words.{language}.{key}": text for key, text in given.items()}
        texts |= {f"slip_words.{language}.services.{code}": text for code, text in slip_words.services.items()}
    for place, text in texts.items():
        if missing := missing_letters(text):
            yield place, sentence("slips have no letter for {letters}; write it without", letters=" ".join(missing))


def _unmade(settings: Configuration, language: str) -> Iterator[str]:
    """Scheduled reports that there are not, or not in their format: their first day would be too late to say so."""
    from kiosk.reports import catalogue

    for number, one in enumerate(settings.schedule.report):
        try:
            catalogue.check_request(one.name, one.format, language)
        except catalogue.NoSuchReport as error:
            yield f"schedule.report[{number}]: {error}"


def _left_behind(settings: Configuration, language: str) -> list[str]:
    """Numbers of today that would be lost with this configuration, where there is a database of this version."""
    from kiosk.actions.successors import people_left_behind
    from kiosk.bootstrap import build_app, database_url
    from kiosk.store.engine import DatabaseUnfit
    from kiosk.store.office_state import NotInitialised
    from kiosk.store.schema import is_current, unreachable

    url = database_url(settings)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return []
    try:
        app = build_app(settings)
    except DatabaseUnfit as error:
        return [str(error)]
    try:
        if unreachable(app.store.reader) or not is_current(app.store.reader):
            return []
        with app.store.reading() as reading:
            return told_left_behind(people_left_behind(reading, app.office, app.clock.now_ms()), language)
    except NotInitialised:
        return []
    finally:
        app.close()


def _init(args: argparse.Namespace) -> int:
    from kiosk.bootstrap import build_app
    from kiosk.maintenance.initialise import create_office, follower_tokens, has_administrator

    app = build_app(configuration(args))
    try:
        create_office(app, operator())
        made = follower_tokens(app)
        with acting(app) as unit:
            for device in made:
                trace(unit, "token create", device)
        _certificate(app)
        if not has_administrator(app) and not _first_administrator(app, args):
            return fail(NO_ADMINISTRATOR)
    finally:
        app.close()
    say("ready: {database}", database=app.store.writer.url.render_as_string(hide_password=True))
    return 0


def _certificate(app: App) -> None:
    """The office's own authority, once; without it everything but `tls_bind` works."""
    from kiosk.domain.tokens import certificate_fingerprint
    from kiosk.maintenance.certificates import authority_der, ensure_certificate

    try:
        if ensure_certificate(app.configuration.server, app.clock.now_ms()):
            say(AUTHORITY, fingerprint=certificate_fingerprint(authority_der() or b""))
    except OSError as error:
        warn(NO_CERTIFICATE, problem=error)


def _first_administrator(app: App, args: argparse.Namespace) -> bool:
    from kiosk.domain.weak_secrets import password_weakness
    from kiosk.maintenance.initialise import add_administrator

    name, password = args.admin_name, ""
    if args.admin_password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        name = name or input(words("Administrator's name: ")).strip()
        password = getpass.getpass(words("Password: "))
    if not name or not password:
        return False
    if weakness := password_weakness(password, name):
        fail(weakness)
        return False
    add_administrator(app, name, password)
    with acting(app) as unit:
        trace(unit, "admin add", name)
    return True
