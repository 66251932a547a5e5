"""The portal's catalogue of procedures as a table that an office takes as it takes its own (CSV in UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from sync.dossiers.procedures import procedure_code

# Our columns, and how a table of procedures calls them.
HEADERS = {
    "code": "Mã TTHC",
    "name": "Tên thủ tục hành chính",
    "field": "Lĩnh vực",
    "time": "Thời hạn giải quyết",
    "fee": "Phí, lệ phí",
    "papers": "Thành phần hồ sơ",
    "valid_from": "Ngày có hiệu lực",
    "valid_until": "Ngày hết hiệu lực",
}
PREFIX = "thủ tục "


def catalogue_table(rows: Iterable[Mapping[str, str]]) -> str:
    """Each procedure of a known code once, by code; a name loses the words "Thủ tục" before it.

    Columns that the portal never fills are left out. Empty when no row has a known code.
    """
    by_code = {code: {**row, "code": code} for row in rows if (code := procedure_code(row.get("code", "")))}
    if not by_code:
        return ""
    columns = [name for name in HEADERS if any(row.get(name) for row in by_code.values())]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([HEADERS[name] for name in columns])
    for _, row in sorted(by_code.items()):
        table.writerow([_plain_name(row[name]) if name == "name" else row.get(name, "") for name in columns])
    return out.getvalue()


def _plain_name(name: str) -> str:
    rest = name[len(PREFIX) :] if name.casefold().startswith(PREFIX) else name
    return rest[:1].upper() + rest[1:]
