"""How calls are spoken: the tables [voice] and [[voice.hours]]."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.base import Section, TimeOfDay
from config.patterns import LANGUAGE

LanguageCode = Annotated[str, Field(pattern=LANGUAGE)]
Percent = Annotated[int, Field(ge=0, le=100)]


class VolumeSection(Section):
    """From this time of day on, until the next row."""

    since: TimeOfDay = Field(alias="from")
    volume: Percent


class VoiceSection(Section):
    """How calls are spoken; every board of the office asks the service for it.

    `model`: a file of piper's that reads what nobody recorded, instead of espeak-ng; `piper`: its program, a name or
    a path.
    `recogniser`: a program that hears which words were recorded, where it is installed; "" for none.
    """

    languages: list[LanguageCode] = Field(default=["vi"], min_length=1, max_length=4)
    ticket_language: bool = True
    numbers: Literal["digits", "whole"] = "digits"
    odd: Literal["lẻ", "linh"] = "lẻ"
    volume: Percent = 100
    hours: list[VolumeSection] = Field(default=[])
    quiet: bool = False
    model: str = ""
    piper: str = Field(default="piper", min_length=1)
    recogniser: str = "vietasr"
