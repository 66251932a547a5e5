"""`[letter]`: the head and the end of reports."""

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
