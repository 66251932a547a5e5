"""Dossiers go into the service in bounded requests; one that cannot be taken stops no other."""

from __future__ import annotations

from typing import Any

import pytest

from contract.dossiers import DossierInput
from sync.dossier_upload import AT_ONCE, TOLD_AGAIN_S, ToldRefusals, upload_dossiers
from sync.journal_client import JournalClient, ServiceError


class Service(JournalClient):
    """Refuses a request that holds one of the `broken` codes, and single dossiers that are `refused`."""

    def __init__(self, broken: set[str], refused: set[str], status: int = 400) -> None:
        self.broken, self.refused, self.status = broken, refused, status
        self.requests: list[list[str]] = []
        self.stored: list[str] = []
        self.reason = "no"

    def put_dossiers(self, dossiers: list[DossierInput]) -> Any:
        codes = [dossier["code"] for dossier in dossiers]
        self.requests.append(codes)
        if self.broken & set(codes):
            raise ServiceError("status", retryable=False, status=self.status)
        taken = [code for code in codes if code not in self.refused]
        self.stored += taken
        refused = [{"code": code, "reason": self.reason} for code in codes if code in self.refused]
        return {"created": len(taken), "updated": 0, "unchanged": 0, "refused": refused}


def dossiers(count: int) -> list[DossierInput]:
    return [{"code": f"d{number}"} for number in range(count)]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, [1]), (AT_ONCE, [AT_ONCE]), (AT_ONCE + 1, [AT_ONCE, 1]), (450, [200, 200, 50])],
)
def test_requests_are_bounded(count: int, sizes: list[int]) -> None:
    service = Service(set(), set())
    assert upload_dossiers(service, dossiers(count))["created"] == count
    assert [len(request) for request in service.requests] == sizes


def test_what_the_service_refuses_by_itself_is_counted() -> None:
    counts = upload_dossiers(Service(set(), {"d1", "d3"}), dossiers(5))
    assert (counts["created"], counts["refused"]) == (3, 2)


@pytest.mark.parametrize("broken", [{"d0"}, {"d4"}, {"d9"}, {"d2", "d3"}, {f"d{n}" for n in range(10)}])
def test_one_that_cannot_be_read_is_left_and_all_others_are_taken(broken: set[str]) -> None:
    service = Service(broken, set())
    counts = upload_dossiers(service, dossiers(10))
    assert service.stored == [f"d{n}" for n in range(10) if f"d{n}" not in broken]
    assert (counts["created"], counts["refused"]) == (10 - len(broken), len(broken))


@pytest.mark.parametrize("status", [401, 500, 503])
def test_any_other_failure_of_the_service_is_not_taken_for_a_bad_dossier(status: int) -> None:
    service = Service({"d0"}, set(), status)
    with pytest.raises(ServiceError):
        upload_dossiers(service, dossiers(3))
    assert len(service.requests) == 1


def test_a_dossier_that_stays_refused_is_logged_on_change_or_once_a_day(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    service, told = Service({"d2"}, {"d1"}), ToldRefusals(lambda: now[0])

    def round_of() -> tuple[int, int, int]:
        caplog.clear()
        counts = upload_dossiers(service, dossiers(4), told)
        return counts["refused"], counts["news"], len(caplog.records)

    assert round_of() == (2, 2, 1), "the one that cannot be read is counted only"
    assert round_of() == (2, 0, 0)
    service.reason = "another"
    assert round_of() == (2, 1, 1)
    now[0] = TOLD_AGAIN_S - 1
    assert round_of() == (2, 0, 0)
    now[0] = TOLD_AGAIN_S
    assert round_of() == (2, 2, 1)
    assert upload_dossiers(service, dossiers(4))["news"] == 2, "who remembers nothing is told all"


def test_what_was_taken_with_the_channel_it_is_known_with_is_told_once_and_not_counted_as_refused(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Keeping(Service):
        def put_dossiers(self, dossiers: list[DossierInput]) -> Any:
            row = {"code": "H48.1-240415-0001", "rule": "not-in-force", "reason": "VNeID from 01/07/2025"}
            return {**super().put_dossiers(dossiers), "kept": [row]}

    told = ToldRefusals()
    for _ in range(2):
        counts = upload_dossiers(Keeping(set(), set()), dossiers(1), told)
        assert (counts["created"], counts["refused"], counts["news"]) == (1, 0, 0)
    (record,) = caplog.records
    assert "is taken: VNeID from 01/07/2025" in record.getMessage()
    assert "H48.1-240415-0001" not in record.getMessage()
