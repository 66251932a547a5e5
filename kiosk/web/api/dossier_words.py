"""Calls by which an office teaches what its one-stop software calls columns, statuses and channels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from kiosk.domain.dossier_words import MOST_LETTERS, MOST_WORDS, WordKind, WordsRefused
from kiosk.domain.errors import BadRequest
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import Body, ProblemDetails

Words = dict[
    Annotated[str, Field(max_length=40)],
    Annotated[list[Annotated[str, Field(max_length=MOST_LETTERS)]], Field(max_length=MOST_WORDS)],
]


class WordsBody(Body):
    """Words by meaning: a field of dossiers, or the number of a status or channel; in place of all before."""

    columns: Words = Field(default={})
    statuses: Words = Field(default={})
    channels: Words = Field(default={})


class WordMeaningAnswer(TypedDict):
    """`known` is understood without teaching."""

    kind: Literal["columns", "statuses", "channels"]
    key: str
    title: str
    known: list[str]
    taught: list[str]


class WordsAnswer(TypedDict):
    meanings: list[WordMeaningAnswer]


@call("GET", "/api/v1/dossiers/words", "admin", None, {200: WordsAnswer, 400: ProblemDetails})
def get_words(context: Context) -> tuple[int, WordsAnswer]:
    """What tables of dossiers may be worded like, and what this office taught."""
    try:
        meanings = context.dependencies.dossier_words.meanings()
    except WordsRefused as error:
        raise BadRequest(str(error)) from error
    return 200, {
        "meanings": [
            {"kind": one.kind, "key": one.key, "title": one.title, "known": list(one.known), "taught": list(one.taught)}
            for one in meanings
        ]
    }


@call("PUT", "/api/v1/dossiers/words", "admin", WordsBody, {204: None, 400: ProblemDetails}, journaled=False)
def put_words(context: Context[WordsBody]) -> tuple[int, None]:
    """Remember the words for every table from now on."""
    body = context.body
    taught: dict[WordKind, Words] = {"columns": body.columns, "statuses": body.statuses, "channels": body.channels}
    try:
        context.dependencies.dossier_words.keep(taught)
    except WordsRefused as error:
        raise BadRequest(str(error)) from error
    return 204, None
