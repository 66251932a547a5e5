"""An office whose stored bytes are damaged: what it says at start, what it answers, what the nightly check finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from kiosk.app import App
from kiosk.bootstrap import build_app
from kiosk.maintenance.initialise import create_office, create_token
from kiosk.maintenance.start_check import DatabaseDamaged, check_at_start
from kiosk.maintenance.verification import verify_store
from kiosk.samples.random_days import RandomDays, fill_random
from kiosk.server import Server
from kiosk.store.failures import StorageBusy, StorageFailed
from kiosk.store.office_state import NotInitialised
from kiosk.store.schema import is_current
from tests.office import FixedClock, sample_configuration

PAGE = 4096
NAME = "motcua.db"
ROLES = (("kiosk", None), ("counter", "1"), ("sync", None), ("admin", None), ("board", None))
KINDS = ("flipped bit", "zeroed page", "flipped bit", "foreign page", "cut")
LIVE = (
    ("kiosk", "/api/v1/board"),
    ("board", "/api/v1/board"),
    ("counter", "/api/v1/counters/1"),
    ("counter", "/api/v1/counters/1/queue"),
    ("counter", "/api/v1/equipment"),
    ("admin", "/api/v1/admin/summary"),
    ("admin", "/api/v1/followers"),
    ("sync", "/api/v1/journal?limit=1000"),
    ("sync", "/api/v1/journal?after=1000&limit=1000"),
    ("sync", "/api/v1/dossiers"),
)
FIGURES = (("admin", "/api/v1/reports/daily?from=2024-04-01&to=2024-04-15"),)
Questions = tuple[tuple[str, str], ...]
Answers = dict[str, tuple[int, bytes]]


class Outcome(StrEnum):
    """`WRONG`: a wrong answer left with 200 before anything was said."""

    AT_START = "said at start"
    WHEN_MET = "said when met"
    BEHIND_START = "said by the whole check behind the start"
    NIGHTLY = "said by the nightly check"
    UNSEEN = "unseen, every answer right"
    WRONG = "wrong answer unsaid"


@dataclass(frozen=True)
class Expected:
    """What an undamaged office answers at `moment` (ms since 1970), and a token a role."""

    answers: Answers
    tokens: dict[str, str]
    moment: int


@dataclass(frozen=True)
class DamagedBytes:
    """What was done to a file."""

    kind: str
    offset: int


class DamagedOffice:
    """The sample office on the files of a folder, asked in this process as its programs ask over HTTP."""

    def __init__(self, folder: Path, tokens: dict[str, str]) -> None:
        self.clock = FixedClock()
        self.app: App = build_app(sample_configuration(f"sqlite:///{folder / NAME}"), self.clock)
        self.tokens = tokens
        self._client: FlaskClient | None = None

    def serve(self) -> None:
        server = Server(self.app)
        self.app.store.fatal = lambda error: None  # the real one ends the process
        self._client = server.flask_app.test_client()

    def ask(self, method: str, path: str, role: str, body: object = None) -> tuple[int, bytes]:
        assert self._client is not None
        headers = {"Authorization": f"Bearer {self.tokens[role]}"}
        answer = self._client.open(path, method=method, headers=headers, json=body)
        return answer.status_code, answer.data

    def answers(self, questions: Questions = (*LIVE, *FIGURES)) -> Iterator[tuple[str, tuple[int, bytes]]]:
        """What people and programs ask of an office in a day."""
        for role, path in questions:
            yield f"{role} {path}", self.ask("GET", path, role)


def build(folder: Path, events: int) -> Expected:
    """An office with some days behind it, a morning's work, dossiers; what it answers and the tokens to ask with."""
    with opened(folder, {}) as office:
        create_office(office.app)
        fill_random(office.app.store, RandomDays.of(3, events, seed=7), office.clock.now_ms())
        for role, counter in ROLES:
            office.tokens[role] = create_token(office.app, role, f"{role}-1", counter)
        office.serve()
        for service in ("HT", "DD", "HT", "VX", "HT", "HT"):
            assert office.ask("POST", "/api/v1/tickets", "kiosk", {"service": service})[0] == 201
        for _ in range(3):
            office.clock.passes(60)
            finished = {"finish_current": "complete"}
            assert office.ask("POST", "/api/v1/counters/1/call-next", "counter", finished)[0] == 200
        dossiers = [dossier(ordinal) for ordinal in range(1, 31)]
        assert office.ask("PUT", "/api/v1/dossiers", "sync", dossiers)[0] == 200
        moment, tokens = office.clock.ms, office.tokens
    with opened(folder, tokens) as office:
        office.clock.ms, office.clock.boot = moment, "later"
        office.serve()
        return Expected(dict(office.answers()), tokens, moment)


def dossier(ordinal: int) -> dict[str, object]:
    return {
        "code": f"000.00.53.H48-240410-{ordinal:04}",
        "procedure": "1.000656",
        "field": "Hộ tịch",
        "channel": 1,
        "status": 4,
        "received_at": "2024-04-10T01:00:00.000Z",
        "due_at": "2024-04-20T10:00:00.000Z",
        "finished_at": None,
        "carried_over": False,
        "digitised": True,
        "not_digitised_reason": None,
        "step": "Đang xử lý",
    }


@contextmanager
def opened(folder: Path, tokens: dict[str, str]) -> Iterator[DamagedOffice]:
    folder.mkdir(parents=True, exist_ok=True)
    office = DamagedOffice(folder, tokens)
    try:
        yield office
    finally:
        office.app.close()


def damage(file: Path, kind: str, random: Random) -> DamagedBytes:
    """Flip a bit, zero a page, write a page over another, or cut the file."""
    content = bytearray(file.read_bytes())
    offset = random.randrange(len(content))
    page = offset // PAGE * PAGE
    if kind == "flipped bit":
        content[offset] ^= 1 << random.randrange(8)
    elif kind == "zeroed page":
        offset = page
        content[page : page + PAGE] = bytes(len(content[page : page + PAGE]))
    elif kind == "foreign page":
        other = random.randrange(len(content) // PAGE) * PAGE
        offset = page
        content[page : page + PAGE] = content[other : other + PAGE]
    elif kind == "cut":
        del content[offset:]
    else:
        raise ValueError(kind)
    file.write_bytes(content)
    return DamagedBytes(kind, offset)


def outcome(folder: Path, expected: Expected) -> Outcome:
    """Start it as `motcua serve` does and ask what is asked in a day; then the nightly check."""
    try:
        with opened(folder, expected.tokens) as office:
            office.clock.ms, office.clock.boot = expected.moment, "later"
            if not is_current(office.app.store.writer):
                return Outcome.AT_START
            is_whole = check_at_start(office.app)
            if office.app.store.health.faults:
                return Outcome.AT_START
            office.serve()
            return _served(office, expected.answers, is_whole)
    except (DatabaseDamaged, NotInitialised, DBAPIError, StorageBusy, StorageFailed):
        return Outcome.AT_START


def _served(office: DamagedOffice, expected: Answers, is_whole: bool) -> Outcome:
    """The day begins at once; its figures are asked for when the whole check behind the start has ended."""
    if (outcome := _asked(office, expected, LIVE)) is not None:
        return outcome
    differs = bool(verify_store(office.app.store).differences)
    if differs and not is_whole:
        return Outcome.BEHIND_START
    if (outcome := _asked(office, expected, FIGURES)) is not None:
        return outcome
    return Outcome.NIGHTLY if differs else Outcome.UNSEEN


def _asked(office: DamagedOffice, expected: Answers, questions: Questions) -> Outcome | None:
    is_right = True
    for question, answer in office.answers(questions):
        if office.app.store.health.faults:
            return Outcome.WHEN_MET
        if answer[0] == 200 and answer != expected[question]:
            return Outcome.WRONG
        is_right = is_right and answer == expected[question]
    return None if is_right else Outcome.WHEN_MET  # refused with another status: no wrong answer left


def run(folder: Path, base: Path, expected: Expected, seed: int) -> tuple[DamagedBytes, Outcome]:
    """One damage, of the seed's kind at the seed's place, in a copy of the office."""
    shutil.copytree(base, folder)
    try:
        done = damage(folder / NAME, KINDS[seed % len(KINDS)], Random(seed))
        return done, outcome(folder, expected)
    finally:
        shutil.rmtree(folder)
