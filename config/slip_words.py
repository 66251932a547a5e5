"""Words of a slip in one language, given by the office; what is not given comes from the catalogues."""

from __future__ import annotations

from pydantic import Field, field_validator

from config.base import Section
from config.sentences import InvalidValue


class SlipWords(Section):
    """`[slip_words.LANGUAGE]`. `office`: its name; `services`: names by code; the others by what they are for.

    Words in Hrê belong here only when a speaker of it has approved them.
    """

    office: str = Field(default="", max_length=120)
    services: dict[str, str] = Field(default={})
    title: str = Field(default="", max_length=60)
    go_to_counter: str = Field(default="", max_length=30)
    counter: str = Field(default="", max_length=20)
    either: str = Field(default="", max_length=20)
    ahead: str = Field(default="", max_length=60)
    nobody_ahead: str = Field(default="", max_length=60)
    morning: str = Field(default="", max_length=20)
    afternoon: str = Field(default="", max_length=20)
    session: str = Field(default="", max_length=40)
    follow: str = Field(default="", max_length=60)
    follow_short: str = Field(default="", max_length=40)
    keep: str = Field(default="", max_length=120)
    keep_short: str = Field(default="", max_length=80)
    again: str = Field(default="", max_length=20)

    @field_validator("ahead")
    @classmethod
    def _counts(cls, value: str) -> str:
        if value and not _filled(value, count=1):
            raise InvalidValue(
                "must say once where the number stands; write for example “{example}”",
                example="{count} người chờ trước",
            )
        return value

    @field_validator("session")
    @classmethod
    def _names(cls, value: str) -> str:
        if value and not _filled(value, session="Sáng"):
            raise InvalidValue(
                "must say once where the session stands; write for example “{example}”", example="Buổi: {session}"
            )
        return value


def _filled(words: str, **facts: object) -> bool:
    """Whether these facts, and no others, find their places in the words."""
    try:
        return words.format(**facts) != words and all(f"{{{name}}}" in words for name in facts)
    except (ValueError, LookupError, AttributeError):
        return False
