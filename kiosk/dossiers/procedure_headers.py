"""How tables of procedures call their columns: those of the national portal, and those that an office makes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract.records import dataclass
from sync.dossiers.headers import column_letters
from sync.dossiers.text_keys import key_of
from sync.dossiers.workbooks import Row

HEAD_ROWS = 30  # titles may stand above the headers
NEEDED = ("code", "name")
# Without marks, the likeliest first; what a header says more than that ("(nếu có)") does not matter.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("ma thu tuc", "ma tthc", "ma so tthc", "ma so thu tuc", "ma so", "matthc", "ma"),
    "name": ("ten thu tuc hanh chinh", "ten thu tuc", "ten tthc", "tentthc", "thu tuc hanh chinh", "thu tuc", "ten"),
    "field": ("ten linh vuc", "linh vuc", "tenlinhvuc"),
    "service": ("dich vu lay so", "dich vu", "quay", "o lay so"),
    "time": ("thoi han giai quyet", "thoi gian giai quyet", "thoi han", "thoi gian"),
    "fee": ("phi le phi", "muc phi le phi", "le phi", "phi"),
    "papers": ("thanh phan ho so", "giay to can mang", "giay to phai nop", "giay to", "ho so gom"),
    "words": ("tu thuong dung", "cach goi thuong ngay", "tu khoa", "cach goi"),
    "valid_from": ("ngay co hieu luc", "co hieu luc tu", "hieu luc tu", "ngay hieu luc"),
    "valid_until": ("ngay het hieu luc", "het hieu luc", "hieu luc den"),
    "replaced_by": ("thay bang", "thu tuc thay the", "ma thay the"),
    "certainty": ("do tin cay", "da xac nhan", "xac nhan"),
}


@dataclass(frozen=True, slots=True)
class ProcedureColumns:
    """The row of headers and in which column (from 0) each of our fields stands."""

    row: int
    places: Mapping[str, int]
    headers: Sequence[str]

    def letter(self, name: str) -> str:
        return column_letters(self.places[name]) if name in self.places else "–"

    def header(self, name: str) -> str:
        return self.headers[self.places[name]] if name in self.places else name


def find_procedure_columns(rows: Sequence[Row]) -> ProcedureColumns | None:
    """The row that names most of our columns; None where none names code and name."""
    found = [_columns(number, cells) for number, cells in rows[:HEAD_ROWS]]
    whole = [columns for columns in found if all(name in columns.places for name in NEEDED)]
    return max(whole, key=lambda columns: len(columns.places), default=None)


def _columns(number: int, cells: Sequence[object]) -> ProcedureColumns:
    headers = [str(cell).strip() if cell is not None else "" for cell in cells]
    keys = [key_of(header) for header in headers]
    places: dict[str, int] = {}
    for name, known in COLUMNS.items():
        place = next((p for words in known for p, key in enumerate(keys) if _says(key, words)), None)
        if place is not None and place not in places.values():
            places[name] = place
    return ProcedureColumns(number, places, headers)


def _says(key: str, words: str) -> bool:
    """ "phi le phi neu co" says "phi le phi"; one short word must stand alone."""
    return key == words or (" " in words and key.startswith(f"{words} "))
