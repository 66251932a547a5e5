"""The edge of one office, from its configuration: every way in for dossiers goes through it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.schema import Configuration
from sync.dossiers.rows import Edge
from sync.dossiers.words import Catalogue, shipped_words


def edge_for(configuration: Configuration) -> Edge:
    """Its procedures, its fields, its further words, its zone; masked names only where they are switched on."""
    procedures = [(one.code, one.name, one.field) for one in configuration.procedure]
    fields = [field for service in configuration.service for field in service.fields]
    words = shipped_words().with_fields(configuration.sync.fields).with_reasons(configuration.sync.reasons)
    named = frozenset(configuration.office.masked_names)
    return Edge(words, Catalogue.of(procedures, fields), ZoneInfo(configuration.office.timezone), named)


def plain_edge() -> Edge:
    """The edge of an office that has not told its procedures: as strict, with the listed fields alone."""
    return Edge(shipped_words(), Catalogue.of([]), ZoneInfo("Asia/Ho_Chi_Minh"))
