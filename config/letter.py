"""`[letter]`: the head and the end of reports. `[reports]`: what they show to whom."""

from __future__ import annotations

from pydantic import Field

from config.base import Section, Text


class LetterSection(Section):
    """The head and the end of reports in the layout of administrative documents; the issuer is the office's authority.

    `superior`: the body above it, if any. `addressees`: of "Kính gửi", one or several. `signer`: the lines above the
    name. `recipients`: without "Lưu".
    """

    superior: str = ""
    symbol: str = "BC-UBND"
    place: str = ""
    signer: list[Text] = Field(default=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])
    signer_name: str = ""
    addressees: list[Text] = Field(default=[])
    recipients: list[Text] = Field(default=[])
    filed: str = "VT"


class ReportsSection(Section):
    """`programs_see_names`: a program's token of the role report is given clerks' names and dossiers' codes whole."""

    programs_see_names: bool = False
