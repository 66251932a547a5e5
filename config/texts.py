"""`[texts.LANGUAGE]`: what the office itself calls things, in another language, by the Vietnamese text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.schema import Configuration


def own_texts(configuration: Configuration) -> list[str]:
    """Every text of the configuration that citizens read in their own language, each once, in the order of the file."""
    return list(dict.fromkeys(text for text in _texts(configuration) if text))


def _texts(configuration: Configuration) -> Iterator[str]:
    for service in configuration.service:
        yield from (service.name, service.hint, *service.fields)
    for group in configuration.priority:
        yield group.name
    survey = configuration.survey
    yield from (survey.question, survey.heading, *(level.name for level in survey.levels))
    yield from (reason.name for reason in survey.reasons)
    for question in survey.further:
        yield from (question.name, *(choice.name for choice in question.choices))
    for officer in configuration.officer:
        yield from (officer.position, officer.field)
    for procedure in configuration.procedure:
        yield from (procedure.name, procedure.field, procedure.time, procedure.fee, *procedure.papers)
    for portal in configuration.filing.portal:
        yield from (portal.name, portal.hint)
    for guide in configuration.filing.guide:
        yield from (guide.name, *(step.text for step in guide.step))
