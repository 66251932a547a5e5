"""Progress of dossiers from the province, and webhooks as followers of their own."""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from config.schema import ConnectorSection
from sync.agent import Agent
from sync.cloudevents_http import CloudEventsHttp
from sync.dossier_fetch import DossierFetch
from sync.journal_client import JournalClient
from sync.report import Report
from sync.simulator import OneStop
from sync.webhook_http import WebhookHttp, follower_name
from tests.sync.deliveries import run
from tests.sync.journal import OFFICE, Office


def dossier(code: str, **more: object) -> dict[str, object]:
    return {"code": code, "procedure": "1.001193", "field": "Hộ tịch", "channel": 2, "status": 4, **more}


def test_progress_comes_back_once_and_brings_no_name(office: Office, province: OneStop) -> None:
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")  # type: ignore[attr-defined]
    journal = JournalClient(office.address, "token")
    fetch = DossierFetch(CloudEventsHttp(section, OFFICE), journal, lambda: 0.5)
    province.store.put_dossiers(OFFICE, [dossier(f"d{n}", applicant="Phạm V. T.") for n in range(700)])
    while fetch.exchange() == 0:
        pass
    assert len(office.dossiers) == 700 and "applicant" not in office.dossiers["d1"]
    office.dossiers.clear()
    province.store.put_dossiers(OFFICE, [dossier("d5", status=9)])
    while fetch.exchange() == 0:
        pass
    assert {code: row["status"] for code, row in office.dossiers.items()} == {"d5": 9}


class Hook:
    """A webhook's receiver: answers with `status`, keeps bodies and signatures."""

    def __init__(self) -> None:
        self.status: list[int] = []
        self.got: list[tuple[bytes, str]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = hook.status.pop(0) if hook.status else 204
                if status < 300:
                    hook.got.append((body, self.headers["X-Signature"]))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def hook() -> Iterator[Hook]:
    receiver = Hook()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def webhook_follower(office: Office, hook: Hook) -> Agent:
    journal = JournalClient(office.address, "token")
    report = Report(follower_name(hook.url), journal, "Asia/Ho_Chi_Minh", lambda: 0.0)
    return Agent(WebhookHttp(hook.url, "secret", journal), journal, report, lambda: 0.5)


def seqs(hook: Hook) -> list[int]:
    return [json.loads(body)["data"]["seq"] for body, _ in hook.got]


def test_a_webhook_gets_each_event_signed_and_in_order(office: Office, hook: Hook) -> None:
    office.happen(7)
    hook.status = [204, 500, 204, 429]
    run(webhook_follower(office, hook))
    assert seqs(hook) == [1, 2, 3, 4, 5, 6, 7]
    for body, signed in hook.got:
        assert signed == "sha256=" + hmac.new(b"secret", body, "sha256").hexdigest()


def test_a_webhook_goes_on_after_a_restart_where_it_was(office: Office, hook: Hook) -> None:
    office.happen(3, "e1")
    run(webhook_follower(office, hook))
    office.happen(2, "e2")
    run(webhook_follower(office, hook))
    run(webhook_follower(office, hook))
    assert seqs(hook) == [1, 2, 3, 1, 2]


def test_an_event_that_is_gone_is_parked_in_sight(office: Office, hook: Hook) -> None:
    office.happen(3)
    hook.status = [204, 410]
    run(webhook_follower(office, hook))
    assert seqs(hook) == [1, 3]
    assert [r["seq"] for r in office.followers[follower_name(hook.url)]["refused"]] == [2]
