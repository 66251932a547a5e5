"""Forms of reports and rules that an office added itself when a circular came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class OfficeForms:
    """Tables as the files have them: forms by report, rules; the youngest first."""

    forms: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    rules: Sequence[Mapping[str, Any]] = ()
