"""`[filing]`: what the PC opens on which citizens file their dossiers themselves."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from config.base import Code, Section, Text, UpstreamUrl
from config.sentences import InvalidValue


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise InvalidValue("“{value}” must start with https://; write that", value=value)
    return value


PortalUrl = Annotated[UpstreamUrl, AfterValidator(_https)]


class FilingPortalSection(Section):
    """`also`: other addresses that the portal leads to, above all where one signs in; the locked browser opens them."""

    code: Code
    name: Text
    hint: str = Field(default="", max_length=200)
    url: PortalUrl
    also: list[PortalUrl] = Field(default=[])
    pictogram: Code = "online"


class FilingStepSection(Section):
    text: Text
    pictogram: Code = "right"


class FilingGuideSection(Section):
    """Step by step through one procedure; `portal`: where its steps are done."""

    code: Code
    name: Text
    portal: Code
    pictogram: Code = "papers"
    step: list[FilingStepSection] = Field(min_length=1, max_length=8)


class FilingSection(Section):
    portal: list[FilingPortalSection] = Field(default=[])
    guide: list[FilingGuideSection] = Field(default=[])

    @model_validator(mode="after")
    def _agrees(self) -> FilingSection:
        codes = [one.code for one in self.portal]
        names = codes + [one.code for one in self.guide]
        if doubled := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidValue(
                "a code stands for one portal or guide; give one of them another: {doubled}", doubled=", ".join(doubled)
            )
        if unknown := sorted({one.portal for one in self.guide} - set(codes)):
            raise InvalidValue(
                "no portal has the code {unknown}; write one of: {known}",
                unknown=", ".join(unknown),
                known=", ".join(codes) or "–",
            )
        return self
