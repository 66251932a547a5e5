"""[survey]: what citizens are asked after their visit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from config.base import Code, Section, Text
from config.sentences import InvalidValue


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


class ChoiceSection(Section):
    """`names`: in other languages, by language."""

    code: Code
    name: Text
    names: dict[str, Text] = Field(default={})
    pictogram: Code = "more"


class FurtherSection(Section):
    """A question of the second page. `name`: as citizens read it; `criterion`: which of the circular's nine."""

    code: Code
    name: Text
    names: dict[str, Text] = Field(default={})
    criterion: Literal[3, 4, 6, 7] | None = None
    choices: list[ChoiceSection] = Field(min_length=2, max_length=3)


class SurveySection(Section):
    """`question`: the official one, which stands in reports; `heading`: its short form (`headings`: by language)."""

    code: Code = "attitude"
    question: Text
    heading: Text
    headings: dict[str, Text] = Field(default={})
    window_minutes: int = Field(default=15, ge=1, le=24 * 60)
    remark: bool = False
    voice_remark: bool = False
    levels: list[LevelSection] = Field(min_length=2, max_length=5)
    reasons: list[ReasonSection] = Field(default=[])
    further: list[FurtherSection] = Field(default=[], max_length=4)

    @model_validator(mode="after")
    def _each_question_once(self) -> SurveySection:
        codes = [self.code, *(one.code for one in self.further)]
        if len(set(codes)) < len(codes):
            raise InvalidValue("each question of the survey needs a code of its own; change one")
        return self
