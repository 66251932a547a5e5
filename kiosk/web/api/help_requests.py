"""Calls for help: a citizen asks, every console shows it until a clerk answers."""

from __future__ import annotations

from kiosk.actions import help_requests
from kiosk.web.api.counter_models import HelpBody
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK
from kiosk.web.http.models import MISSING, CreatedAnswer, EmptyBody


@call("POST", "/api/v1/help", "kiosk tablet", HelpBody, {201: CreatedAnswer}, operation_id="counters_ask_help")
def ask_help(context: Context[HelpBody]) -> tuple[int, CreatedAnswer]:
    """ "Gọi cán bộ"."""
    return 201, {
        "id": help_requests.ask_help(context.unit, context.body.where, context.caller.name, context.caller.role)
    }


@call(
    "POST",
    "/api/v1/help/<help_id>/answer",
    "counter",
    EmptyBody,
    {200: CreatedAnswer, **MISSING},
    operation_id="counters_answer_help",
    demands=(CLERK,),
)
def answer_help(context: Context[EmptyBody], help_id: str) -> tuple[int, CreatedAnswer]:
    help_requests.answer_help(context.unit, help_id, context.caller.counter)
    return 200, {"id": help_id}
