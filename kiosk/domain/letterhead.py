"""Who issues an administrative document, where, and to whom: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`superior`: the body above the issuing one, empty for none. `symbol`: behind the number, "BC-UBND".

    `signer`: the lines above the name. `addressees`: of "Kính gửi", the bodies it
    reports to. `recipients`: of "Nơi nhận", without the last line; `filed`: what the clerical
    office keeps, "VT". The number is left open: the clerical office gives it.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    day: date
    addressees: Sequence[str] = ()
    signer: Sequence[str] = ()
    signer_name: str = ""
    recipients: Sequence[str] = ()
    filed: str = "VT"

    @property
    def place_and_date(self) -> str:
        """Days below 10 and the months 1 and 2 are written with a 0."""
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        return f"{self.place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}"
