"""Calls for help, devices coming and going, and the office's own facts."""

from __future__ import annotations

from kiosk.actions.ports import Unit
from kiosk.domain.errors import UnknownTicket
from kiosk.domain.events import Fact


def ask_help(unit: Unit, place: str, device: str) -> str:
    """ "Gọi cán bộ": shown on every console until a clerk answers; returns its id."""
    help_id = unit.new_id()
    unit.records.ask_help(help_id, place, device, unit.now)
    unit.record(Fact("help.requested", help_id, {"counter": None, "where": place, "device": device}))
    return help_id


def answer_help(unit: Unit, help_id: str, counter: str | None) -> None:
    if not unit.records.answer_help(help_id, unit.now):
        raise UnknownTicket("this call for help was answered already or never made")
    unit.record(Fact("help.answered", help_id, {"counter": counter}))


def device_changed(unit: Unit, kind: str, device: str, state: str, reason: str | None) -> None:
    """`kind` of device; `state` online, offline, fault or recovered."""
    unit.record(Fact(f"device.{state}", device, {"kind": kind, "state": state, "reason": reason}))


def configured(unit: Unit, fingerprint: str, changed: list[str]) -> None:
    """Note once that the configuration differs from the one before; `changed` names its sections."""
    if unit.state.configured == fingerprint:
        return
    unit.state.configured = fingerprint
    unit.record(Fact("office.configured", unit.office.code, {"changed": changed}))
    notices = [{"id": notice, "text": text, "language": language} for notice, text, language in unit.office.notices]
    unit.record(Fact("notice.changed", unit.office.code, {"notices": notices}))


def clock_jumped(unit: Unit, by_ms: int) -> None:
    unit.record(Fact("office.clock_jumped", unit.office.code, {"by_ms": by_ms}))
