"""What everybody may see of the configuration: names, colours, shapes, wording; no address, no secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal, cast

from typing_extensions import TypedDict

PublicHours = TypedDict("PublicHours", {"days": list[str], "from": str, "to": str})
PublicHours.__doc__ = "A session on some weekdays: local times as HH:MM."
PublicPicture = TypedDict("PublicPicture", {"file": str, "seconds": int, "from": str | None, "until": str | None})
PublicPicture.__doc__ = "A picture of the TV; both days included, null without limit."


class PublicOffice(TypedDict):
    """`sample_until`: the last day (YYYY-MM-DD) whose figures are a sample; null in an office that works."""

    code: str
    name: str
    authority: str
    timezone: str
    opening: Literal["hours", "always"]
    hours: list[PublicHours]
    holidays: list[str]
    seats: int
    folk: str
    languages: list[str]
    legal_basis: str
    logo: str
    masked_names: list[str]
    sample_until: str | None


class PublicService(TypedDict):
    """`sensitive`: of all its fields only sign and steps are shown, else of `sensitive_fields`.

    `names`: in other languages, by language, as the office gave them for its slips.
    """

    code: str
    letter: str
    name: str
    names: dict[str, str]
    hint: str
    shape: str
    colour: str
    tint: str
    ink: str
    pictogram: str
    fields: list[str]
    sensitive: bool
    sensitive_fields: list[str]
    daily_cap: int | None


class PublicCounter(TypedDict):
    """`tablet`: the configuration names one that stands there, so that people can rate."""

    code: str
    name: str
    services: list[str]
    officer: str
    direction: Literal["left", "up", "right"]
    tablet: bool


class PublicChoice(TypedDict):
    """A priority group: code, name, pictogram."""

    code: str
    name: str
    pictogram: str


class PublicReason(TypedDict):
    """`names`: in other languages, by language."""

    code: str
    name: str
    names: dict[str, str]
    pictogram: str


class PublicLevel(TypedDict):
    """`names`: in other languages, by language."""

    code: str
    name: str
    names: dict[str, str]
    asks_reason: bool


class PublicFurther(TypedDict):
    """A question of the second page; `names`: in other languages, by language; choices best first."""

    code: str
    name: str
    names: dict[str, str]
    criterion: int | None
    choices: list[PublicReason]


class PublicSurvey(TypedDict):
    """`headings`: the short form of the question in other languages, by language."""

    code: str
    question: str
    heading: str
    headings: dict[str, str]
    window_minutes: int
    remark: bool
    voice_remark: bool
    levels: list[PublicLevel]
    reasons: list[PublicReason]
    further: list[PublicFurther]


class PublicOfficer(TypedDict):
    """`photo`: the name of a picture; null without one."""

    name: str
    position: str
    field: str
    photo: str | None


class PublicNotice(TypedDict):
    id: str
    text: str
    language: str


class PublicProcedure(TypedDict):
    """`words`: as people say it. Shown from `valid_from` to `valid_until` (YYYY-MM-DD); then `replaced_by` is."""

    code: str
    name: str
    field: str
    service: str
    time: str
    fee: str
    certainty: str
    papers: list[str]
    words: list[str]
    valid_from: str | None
    valid_until: str | None
    replaced_by: str | None


class PublicFilingPortal(TypedDict):
    code: str
    name: str
    hint: str
    url: str
    also: list[str]
    pictogram: str


class PublicFilingStep(TypedDict):
    text: str
    pictogram: str


class PublicFilingGuide(TypedDict):
    code: str
    name: str
    portal: str
    pictogram: str
    steps: list[PublicFilingStep]


class PublicFiling(TypedDict):
    portals: list[PublicFilingPortal]
    guides: list[PublicFilingGuide]


class PublicBoardOptions(TypedDict):
    """`far`: fewer counters at a time, with numbers that are read from the farthest chair."""

    far: bool
    overdue_first: bool
    procedures_page: bool
    picture: list[PublicPicture]


class PublicKioskOptions(TypedDict):
    """`id_card_age`: of whom the QR of an ID card may tell the kiosk that he may go first; null: cards are not read.
    `keypad`: the codes of its five keys (up, down, choose, repeat, help) as browsers name them.
    """

    start: Literal["home", "services"]
    second_number: Literal["give", "ask"]
    id_card_age: int | None
    keypad: list[str]


class PublicConfiguration(TypedDict):
    """All of it; a page is given its part (`PagePart`). `texts`: in other languages, by language and Vietnamese."""

    office: PublicOffice
    services: list[PublicService]
    counters: list[PublicCounter]
    priorities: list[PublicChoice]
    survey: PublicSurvey
    officers: list[PublicOfficer]
    notices: list[PublicNotice]
    procedures: list[PublicProcedure]
    public_url: str
    board: PublicBoardOptions
    filing: PublicFiling
    kiosk: PublicKioskOptions
    texts: dict[str, dict[str, str]]


class PagePart(TypedDict, total=False):
    """The sections of the configuration that one page needs; the others are absent."""

    office: PublicOffice
    services: list[PublicService]
    counters: list[PublicCounter]
    priorities: list[PublicChoice]
    survey: PublicSurvey
    officers: list[PublicOfficer]
    notices: list[PublicNotice]
    procedures: list[PublicProcedure]
    public_url: str
    board: PublicBoardOptions
    filing: PublicFiling
    kiosk: PublicKioskOptions


# What each page that its scripts draw reads; every page shows the office.
SECTIONS: dict[str, tuple[str, ...]] = {
    "kiosk": ("services", "counters", "priorities", "procedures", "public_url", "kiosk", "survey"),
    "counter": ("services", "counters", "survey"),
    "tablet": ("services", "counters", "survey", "officers", "notices", "board", "kiosk"),
    "admin": ("services", "counters", "survey"),
    "board": ("services", "counters", "public_url", "board"),
    "ticket": ("services", "counters", "survey"),
    "voices": ("services", "counters"),
    "filing": ("services", "counters", "filing"),
}

TRANSLATED = frozenset({"kiosk", "tablet", "ticket", "filing"})  # pages that speak the citizen's
STAFF = frozenset({"counter", "admin", "voices"})  # pages that speak the office's own language


def fingerprint_of(whole: PublicConfiguration) -> str:
    """Two that show the same have the same."""
    return sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def part_for(page: str, whole: PublicConfiguration) -> PagePart:
    """Raises KeyError for a page that there is not."""
    sections = {"office", *SECTIONS[page]}
    part = cast(PagePart, {name: value for name, value in whole.items() if name in sections})
    if "procedures" in part:  # the service searches, not the page
        part["procedures"] = [{**procedure, "words": []} for procedure in whole["procedures"]]
    if page in STAFF:
        part["services"] = [{**service, "names": {}} for service in whole["services"]]
        if "survey" in part:
            part["survey"] = _in_one_language(whole["survey"])
    return part


def texts_for(page: str, whole: PublicConfiguration) -> dict[str, dict[str, str]]:
    """Of the texts in other languages those that stand on a page of citizens."""
    if page not in TRANSLATED:
        return {}
    standing, texts = set(_strings(part_for(page, whole))), whole["texts"]
    kept = {
        language: {text: meaning for text, meaning in known.items() if text in standing}
        for language, known in texts.items()
    }
    return {language: known for language, known in kept.items() if known}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _in_one_language(survey: PublicSurvey) -> PublicSurvey:
    levels: list[PublicLevel] = [{**level, "names": {}} for level in survey["levels"]]
    reasons: list[PublicReason] = [{**reason, "names": {}} for reason in survey["reasons"]]
    return {**survey, "headings": {}, "levels": levels, "reasons": reasons, "further": []}
