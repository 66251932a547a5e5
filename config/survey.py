"""[survey]: what citizens are asked after their visit."""

from __future__ import annotations

from pydantic import Field

from config.base import Code, Section, Text


class LevelSection(Section):
    """`names`: in other languages, by language."""

    code: Code
    name: Text
    names: dict[str, Text] = Field(default={})
    asks_reason: bool = False


class ReasonSection(Section):
    """`names`: in other languages, by language."""

    code: Code
    name: Text
    names: dict[str, Text] = Field(default={})
    pictogram: Code


class SurveySection(Section):
    """`question`: the official one, which stands in reports; `heading`: its short form (`headings`: by language)."""

    code: Code = "attitude"
    question: Text
    heading: Text
    headings: dict[str, Text] = Field(default={})
    window_minutes: int = Field(default=15, ge=1, le=24 * 60)
    remark: bool = False
    levels: list[LevelSection] = Field(min_length=2, max_length=5)
    reasons: list[ReasonSection] = Field(default=[])
