"""Calls for the pages of clerks and administrators: the equipment around a counter, the state of the whole office."""

from __future__ import annotations

from kiosk.actions.lost_numbers import dismiss_lost_numbers
from kiosk.queries.clock import read_clock
from kiosk.queries.equipment import read_equipment, read_summary
from kiosk.web.api.equipment_models import EquipmentAnswer, StorageView, SummaryAnswer, equipment_answer, summary_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK
from kiosk.web.http.models import MISSING, EmptyBody


@call("GET", "/api/v1/equipment", "counter admin technician", None, {200: EquipmentAnswer})
def equipment(context: Context) -> tuple[int, EquipmentAnswer]:
    """Printers, the devices people look at and the followers of the journal, as they were last heard of."""
    given = context.dependencies
    with context.reading() as reading:
        clock = read_clock(reading, given.office, given.clock)
        view = read_equipment(reading, given.office, given.upstream, clock.time)
    storage = StorageView(given.store.health.faults, given.storage_checks())
    return 200, equipment_answer(view, given.printer_health, storage, clock)


@call(
    "POST", "/api/v1/lost-numbers/<epoch>/dismiss", "counter admin", EmptyBody, {204: None, **MISSING}, demands=(CLERK,)
)
def dismiss_lost(context: Context[EmptyBody], epoch: str) -> tuple[int, None]:
    """Staff have seen to the people whose numbers were lost at the beginning of an epoch."""
    dismiss_lost_numbers(context.unit, epoch)
    return 204, None


@call("GET", "/api/v1/admin/summary", "admin", None, {200: SummaryAnswer}, access_to="admin")
def summary(context: Context) -> tuple[int, SummaryAnswer]:
    """The journal's latest events, newest first, and the dossiers by field and step."""
    with context.reading() as reading:
        view = read_summary(reading, context.now)
    return 200, summary_answer(view)
