"""`motcua verify` and the doctor: the journal recounted against the tables and the reports of the product."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.service import Office
from kiosk.maintenance.backup import NotABackup
from kiosk.reports.catalogue import daily_report
from kiosk.reports.daily import daily_json
from kiosk.store.statistics import Statistics
from kiosk.store.store import Store
from kiosk.verify.recount import RecountResult, verify


def verify_store(store: Store) -> RecountResult:
    """Recounts everything; reading a million events takes about a minute."""
    return verify(store, daily_figures)


def daily_figures(statistics: Statistics, office: Office, first: str, last: str) -> dict[str, object]:
    """The daily report as the product publishes it, in JSON."""
    return daily_json(daily_report(statistics, office, first, last))


def check_recount(store: Store, backup: Path) -> None:
    """Raises NotABackup when the journal of a copy of `backup` does not recount: chain, tickets and figures."""
    result = verify_store(store)
    if result.differences:
        first = "; ".join(result.listed[:3])
        raise NotABackup(f"{backup} is damaged, {result.differences} differences: {first}; take an older backup")
