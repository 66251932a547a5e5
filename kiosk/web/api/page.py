"""The call by which a page, or the TV, learns the names, colours and sentences it shows."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256

from flask import Response, request
from typing_extensions import TypedDict

from kiosk.domain.errors import NotFound
from kiosk.queries.public_configuration import SECTIONS, PagePart, PublicConfiguration, part_for, texts_for
from kiosk.web.http.calls import Context, call
from kiosk.web.http.dependencies import PageDocument
from kiosk.web.http.models import MISSING
from kiosk.web.pages.assets import code_version
from kiosk.web.pages.sentences import page_sentences, page_translations


class PageAnswer(TypedDict):
    """`sentences`: English key to Vietnamese, of what the page says; `shown`: its sections of the configuration.

    `translations`: the same in each further language of the office that has sentences of its own.
    `texts`: what the office calls things in further languages, by language and Vietnamese text, where citizens read it.
    `version`: of the page's code; one that was kept for a dead service asks for no other's sentences.
    """

    page: str
    version: str
    language: str
    shown: PagePart
    sentences: dict[str, str]
    translations: dict[str, dict[str, str]]
    texts: dict[str, dict[str, str]]


@call("GET", "/api/v1/page/<name>", "", None, {200: PageAnswer, 304: None, **MISSING})
def get_page(context: Context, name: str) -> tuple[int, str | Response]:
    """What a page shows of the configuration, and its sentences; with an ETag, so that asking again costs nothing.

    No credential: a page speaks before its device is paired and before anybody signed in.
    """
    if name not in SECTIONS:
        raise NotFound(f'there is no page "{name}"; pages: {", ".join(SECTIONS)}')
    documents = context.dependencies.page_documents
    if name not in documents:
        documents[name] = document(name, context.dependencies.configuration)
    made = documents[name]
    context.headers |= {"ETag": made.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == made.etag:
        return 304, Response(None, 304, context.headers)
    if request.accept_encodings.quality("gzip") > 0:
        headers = {**context.headers, "Content-Encoding": "gzip"}
        return 200, Response(made.packed, 200, headers, content_type="application/json")
    return 200, made.text


def document(name: str, configuration: PublicConfiguration) -> PageDocument:
    """The answer for a page; the configuration is fixed while the service runs, so it is made once."""
    part = part_for(name, configuration)
    languages = part["office"]["languages"] or ["vi"]
    answer: PageAnswer = {
        "page": name,
        "version": code_version(),
        "language": languages[0],
        "shown": part,
        "sentences": page_sentences(name),
        "translations": page_translations(name, tuple(languages)),
        "texts": texts_for(name, configuration),
    }
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(text.encode(), mtime=0)
    return PageDocument(text, packed, f'"{sha256(text.encode()).hexdigest()[:32]}"')
