"""Progress of dossiers from the province, and webhooks as followers of their own."""

from __future__ import annotations

import hmac
from zoneinfo import ZoneInfo

import pytest

from config.followers import ConnectorSection
from contract.followers import webhook_name
from sync.agent import Agent
from sync.connectors.base import DossierPage
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.connectors.webhook_http import WebhookHttp
from sync.dossier_fetch import DossierFetch
from sync.dossiers.procedures import ProcedureCatalogue
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.vocabulary import shipped_vocabulary
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from sync.simulator.onestop import OneStop
from tests.sync.deliveries import run
from tests.sync.hook import Hook, seqs
from tests.sync.journal import OFFICE, Office

SANITIZER = DossierSanitizer(shipped_vocabulary(), ProcedureCatalogue.of([]), ZoneInfo("Asia/Ho_Chi_Minh"))


def dossier(code: str, **more: object) -> dict[str, object]:
    return {"code": code, "procedure": "1.001193", "field": "Hộ tịch", "channel": 2, "status": 4, **more}


def test_progress_comes_back_once_and_brings_no_name(office: Office, province: OneStop) -> None:
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")
    journal = JournalClient(office.address, "token")
    fetch = DossierFetch(CloudEventsHttp(section, OFFICE), journal, lambda: 0.5, SANITIZER)
    province.store.put_dossiers(OFFICE, [dossier(f"d{n}", applicant="Phạm V. T.") for n in range(700)])
    while fetch.run_once() == 0:
        pass
    assert len(office.dossiers) == 700 and "applicant" not in office.dossiers["d1"]
    office.dossiers.clear()
    province.store.put_dossiers(OFFICE, [dossier("d5", status=9)])
    while fetch.run_once() == 0:
        pass
    assert {code: row["status"] for code, row in office.dossiers.items()} == {"d5": 9}


def test_a_receiver_that_counts_anew_is_asked_for_everything(office: Office) -> None:
    class Forgetful:
        """Lost its database after version 5, and began again."""

        name = "tinh"
        asked: list[int] = []  # noqa: RUF012

        def dossiers(self, after: int) -> DossierPage:
            self.asked.append(after)
            if len(self.asked) == 1:
                return DossierPage(5, [dossier("d1")])
            return DossierPage(1, [dossier("d2")] if after < 1 else [])

    source = Forgetful()
    fetch = DossierFetch(source, JournalClient(office.address, "token"), lambda: 0.5, SANITIZER)
    for _ in range(3):
        fetch.run_once()
    assert source.asked == [0, 5, 0] and set(office.dossiers) == {"d1", "d2"}


def test_also_one_that_does_not_show_it_is_asked_for_everything_after_a_while(
    office: Office, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.dossier_fetch.IDLE_ROUNDS", 3)
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")
    fetch = DossierFetch(
        CloudEventsHttp(section, OFFICE), JournalClient(office.address, "token"), lambda: 0.5, SANITIZER
    )
    province.store.put_dossiers(OFFICE, [dossier("d1")])
    for _ in range(2):
        fetch.run_once()
    office.dossiers.clear()
    for _ in range(4):
        fetch.run_once()
    assert set(office.dossiers) == {"d1"}


def webhook_follower(office: Office, hook: Hook) -> Agent:
    journal = JournalClient(office.address, "token")
    report = FollowerReport(webhook_name(hook.url), journal, "Asia/Ho_Chi_Minh", lambda: 0.0)
    return Agent(WebhookHttp(hook.url, "secret", journal), journal, report, lambda: 0.5)


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
    assert [r["seq"] for r in office.followers[webhook_name(hook.url)]["refused"]] == [2]
