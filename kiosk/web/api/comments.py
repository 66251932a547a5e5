"""The call by which whoever heads the office reads what citizens wrote after their visit."""

from __future__ import annotations

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.queries.comments import KEPT_DAYS, read_comments
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import Timestamp


class CommentAnswer(TypedDict):
    """`level`: the answer that the words go with. Nothing tells whose they are."""

    at: Timestamp
    day: str
    service: str
    counter: str | None
    level: str
    text: str


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
            }
            for one in comments
        ],
    }
