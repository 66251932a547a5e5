"""[survey]: what citizens are asked after their visit."""

from __future__ import annotations

from pydantic import Field

from config.base import Code, Section, Text


class LevelSection(Section):
    code: Code
    name: Text
    asks_reason: bool = False


class ReasonSection(Section):
    code: Code
    name: Text
    pictogram: Code


class SurveySection(Section):
    code: Code = "attitude"
    question: Text
    heading: Text
    window_minutes: int = Field(default=15, ge=1, le=24 * 60)
    remark: bool = False
    levels: list[LevelSection] = Field(min_length=2, max_length=5)
    reasons: list[ReasonSection] = Field(default=[])
