"""The calls by which whoever heads the office reads and hears what citizens said after their visit."""

from __future__ import annotations

from flask import Response
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.spoken_words import TYPES
from kiosk.queries.comments import KEPT_DAYS, read_comments, read_spoken
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, Timestamp


class CommentAnswer(TypedDict):
    """`level`: the answer that the words go with. Nothing tells whose they are. `spoken`: by which it is heard; then
    `text` is empty.
    """

    at: Timestamp
    day: str
    service: str
    counter: str | None
    level: str
    text: str
    spoken: str | None


class CommentsAnswer(TypedDict):
    """The newest first, at most 200; words are forgotten after `kept_days`."""

    kept_days: int
    comments: list[CommentAnswer]


@call("GET", "/api/v1/admin/comments", "admin head", None, {200: CommentsAnswer})
def get_comments(context: Context) -> tuple[int, CommentsAnswer]:
    """Words of citizens about their visit; for nobody who serves at a counter."""
    with context.dependencies.store.reading() as reading:
        comments = read_comments(reading)
    return 200, {
        "kept_days": KEPT_DAYS,
        "comments": [
            {
                "at": to_rfc3339(one.at),
                "day": one.business_date,
                "service": one.service,
                "counter": one.counter,
                "level": one.level,
                "text": one.text,
                "spoken": one.spoken,
            }
            for one in comments
        ],
    }


@call("GET", "/api/v1/admin/comments/<remark>/sound", "admin head", None, {200: bytes, **MISSING}, also=TYPES)
def get_sound(context: Context, remark: str) -> tuple[int, Response]:
    """What a citizen spoke into the tablet; forgotten with the written words."""
    with context.dependencies.store.reading() as reading:
        kind, sound = read_spoken(reading, remark)
    return 200, Response(sound, 200, {"Cache-Control": "no-store"}, content_type=kind)
