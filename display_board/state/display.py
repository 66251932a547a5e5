"""How the office looks on the board: names, signs, directions, hours, pictures; what its configuration says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contract.fields import ServiceFields, field_key, field_rules
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """How a service looks everywhere: letter, shape and colours (#RRGGBB); `cap`: numbers a day, None without limit.

    `all_sensitive`: of dossiers of all its fields only sign and steps are shown, else of those in `sensitive`.
    """

    code: str
    letter: str
    shape: str
    colour: str
    ink: str
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    cap: int | None = None
    all_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the office, shown `seconds` long while nobody waits; both days included, None without limit."""

    file: str
    seconds: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """What the configuration says about looks.

    `directions`: counter code to left, up or right. `hours`: (weekday, from, to). `procedures`: address of the QR
    code, empty for none. `far`: numbers are read from far away.
    """

    office: str = ""
    authority: str = ""
    folk: str = "bà con"
    timezone: str = "Asia/Ho_Chi_Minh"
    signs: tuple[Sign, ...] = ()
    directions: tuple[tuple[str, str], ...] = ()
    hours: tuple[tuple[str, str, str], ...] = ()
    holidays: tuple[str, ...] = ()
    overdue_first: bool = True
    procedures: str = ""
    pictures: tuple[Picture, ...] = ()
    far: bool = False

    def sign(self, service: str) -> Sign:
        """An unknown service gets a plain circle with the first letter of its code."""
        plain = Sign(service, service[:1], "circle", "#57503F", "#FFFFFF")
        return next((sign for sign in self.signs if sign.code == service), plain)

    def sign_of_field(self, field_name: str) -> Sign | None:
        key = field_key(field_name)
        return next((sign for sign in self.signs if any(field_key(name) == key for name in sign.fields)), None)

    def direction(self, counter: str) -> str:
        return dict(self.directions).get(counter, "right")

    def is_sensitive(self, field_name: str) -> bool:
        """Also when the field is none that the office names: what is in doubt is not shown."""
        signs = tuple(ServiceFields(sign.fields, sign.all_sensitive, sign.sensitive) for sign in self.signs)
        return field_rules(signs).withholds(field_name)


PLAIN = Display()


def display_of(shown: Mapping[str, Any]) -> Display:
    """From `shown` of `GET /api/v1/page/board`. Raises KeyError, TypeError or ValueError when it is none."""
    office, screen = shown["office"], shown.get("board", {})
    address = str(shown.get("public_url", "")).rstrip("/") if screen.get("procedures_page") else ""
    return Display(
        office["name"],
        office.get("authority", ""),
        office.get("folk", "bà con"),
        office.get("timezone", "Asia/Ho_Chi_Minh"),
        tuple(_sign(service) for service in shown["services"]),
        tuple((counter["code"], counter.get("direction", "right")) for counter in shown["counters"]),
        tuple((day, row["from"], row["to"]) for row in office.get("hours", ()) for day in row["days"]),
        tuple(office.get("holidays", ())),
        bool(screen.get("overdue_first", True)),
        f"{address}/procedures" if address else "",
        tuple(_picture(row) for row in screen.get("picture", ())),
        bool(screen.get("far", False)),
    )


def _sign(service: Mapping[str, Any]) -> Sign:
    return Sign(
        service["code"],
        service["letter"],
        service["shape"],
        service["colour"],
        service.get("ink", "#FFFFFF"),
        tuple(service.get("fields", ())),
        tuple(service.get("sensitive_fields", ())),
        service.get("daily_cap"),
        bool(service.get("sensitive")),
    )


def _picture(row: Mapping[str, Any]) -> Picture:
    first, last = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("from", "until"))
    return Picture(row["file"], row["seconds"], first, last)
