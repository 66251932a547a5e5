"""Fields of dossiers (lĩnh vực) compared by meaning, and of which of them the public sees only a sign and steps."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from contract.records import dataclass

PREFIX = "linhvuc"  # "Lĩnh vực", which some lists write before the name
_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)
def field_key(name: str) -> str:
    """The same for every spelling of a field: case, marks, composition, spaces, signs and "Lĩnh vực" do not matter."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    letters = "".join(_LETTERS.findall("".join(c for c in decomposed if not unicodedata.combining(c))))
    return letters.removeprefix(PREFIX) or letters


@dataclass(frozen=True, slots=True)
class ServiceFields:
    """The fields of a service: all of them are sensitive, or those named."""

    fields: tuple[str, ...]
    all_sensitive: bool = False
    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRules:
    """`plain` and `sensitive`: keys of fields; `guards`: the office withholds at all."""

    plain: frozenset[str]
    sensitive: frozenset[str]
    guards: bool

    def withholds(self, field: str) -> bool:
        """Whether only sign and steps of a dossier may be shown: its field is sensitive, or not known to be plain."""
        key = field_key(field)
        return self.guards and (key in self.sensitive or key not in self.plain)


@lru_cache(maxsize=64)
def field_rules(services: tuple[ServiceFields, ...]) -> FieldRules:
    """Of an office's services; a field that is sensitive in one of them is so in all."""
    sensitive = {field_key(n) for one in services for n in (one.fields if one.all_sensitive else one.sensitive)}
    listed = {field_key(name) for one in services for name in one.fields}
    guards = bool(sensitive) or any(one.all_sensitive for one in services)
    return FieldRules(frozenset(listed - sensitive), frozenset(sensitive), guards)
