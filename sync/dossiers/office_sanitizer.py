"""The sanitizer of one office, from its configuration: every dossier from upstream goes through it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.schema import Configuration
from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.vocabulary import shipped_vocabulary


def sanitizer_for(configuration: Configuration) -> DossierSanitizer:
    """Its procedures, its fields, its further words, its zone; masked names only where they are switched on."""
    procedures = [ProcedureEntry(one.code, one.name, one.field) for one in configuration.procedure]
    fields = [field for service in configuration.service for field in service.fields]
    sync = configuration.sync
    vocabulary = shipped_vocabulary().with_fields(sync.fields).with_reasons(sync.reasons)
    vocabulary = vocabulary.with_words(sync.columns.items(), sync.statuses, sync.channels, sync.default_channel)
    named_fields = frozenset(configuration.office.masked_names)
    zone = ZoneInfo(configuration.office.timezone)
    return DossierSanitizer(vocabulary, ProcedureCatalogue.of(procedures, fields), zone, named_fields)
