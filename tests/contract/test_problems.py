"""Codes of problems: public, and never changed."""

from __future__ import annotations

from contract.problems import ProblemCode

CODES = [
    "bad-json",
    "unknown-service",
    "unknown-counter",
    "unknown-ticket",
    "unknown-dossier",
    "closed",
    "limit-reached",
    "counter-busy",
    "counter-closed",
    "taken",
    "illegal-transition",
    "already-rated",
    "not-served",
    "too-late",
    "idempotency-mismatch",
    "epoch-changed",
    "too-many",
    "forbidden",
    "unauthorized",
    "unknown-follower",
    "not-found",
    "method-not-allowed",
    "by-stick",
    "clock-implausible",
    "too-large",
    "unsupported-type",
    "recording-refused",
    "pack-refused",
    "internal",
    "unavailable",
    "storage-full",
    "storage-read-only",
    "storage-damaged",
    "storage-unchecked",
]


def test_codes_are_added_and_never_renamed() -> None:
    assert {code.value for code in ProblemCode} == set(CODES)
