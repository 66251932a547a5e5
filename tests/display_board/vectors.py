"""Examples of the fold, the spotlight and the pages, for TV and page alike:  python -m tests.display_board.vectors"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from display_board.state.display import display_of
from display_board.state.fold import Board, apply, from_snapshot
from display_board.state.notices import in_parts
from tests.display_board.journal import COUNTERS, SmallOffice
from tests.display_board.office import NOW, display, snapshot

FILE = Path(__file__).with_name("vectors.json")
STEPS = ("issue", "issue", "call", "call", "recall", "start", "finish", "transfer", "undo")


def plain(board: Board) -> dict[str, Any]:
    """A board as JSON, in the words that the page's fold uses too."""
    return {
        "seq": board.seq,
        "epoch": board.epoch,
        "day": board.day,
        "doubtful": board.doubtful,
        "rows": [
            [r.code, r.state, r.ticket and [r.ticket.id, r.ticket.number, r.ticket.service, r.ticket.state]]
            for r in board.rows
        ],
        "waiting": dict(sorted(board.waiting.items())),
        "full": sorted(board.full),
        "calls": [[c.number, c.service, c.counter, c.time, c.recall, c.ticket] for c in board.calls],
        "progress": [[d.code_masked, d.field, d.step, d.due_at, d.sensitive, d.name] for d in board.progress],
        "notices": [[n.id, n.text, n.language] for n in board.notices],
    }


def folded(example: dict[str, Any]) -> dict[str, Any]:
    board = from_snapshot(example["snapshot"], display_of(example["shown"]))
    for event in example["events"]:
        board = apply(board, event)
    return plain(board)


def event(seq: int, kind: str, subject: str = "t-A013", **data: Any) -> dict[str, Any]:
    body = {"number": "A013", "service": "HT", "state": "CALLED", "counter": "5", "calls": 1, **data}
    return {
        "id": f"ev-{seq}",
        "epoch": "e1",
        "seq": seq,
        "type": kind,
        "business_date": "2024-04-15",
        "subject": subject,
        "time": "2024-04-15T01:13:00.000Z",
        "data": body,
    }


def dossier(code: str, status: int, due: str | None, field: str = "Đất đai") -> dict[str, Any]:
    return {"code": code, "field": field, "status": status, "due_at": due}


def capped() -> dict[str, Any]:
    shown = display()
    shown["services"][0]["daily_cap"] = 14
    return shown


def named() -> dict[str, Any]:
    body = snapshot()
    body["progress"][0]["name_masked"] = "Phạm V. T."
    return body


def of_tickets() -> list[dict[str, Any]]:
    """Each rule of tickets once, by name."""
    first = snapshot()
    return [
        {
            "name": "a call takes its place at the counter",
            "snapshot": first,
            "events": [event(101, "ticket.called", why="arrival")],
        },
        {
            "name": "an event told twice counts once",
            "snapshot": first,
            "events": [event(101, "ticket.called", why="arrival"), event(101, "ticket.called", why="arrival")],
        },
        {"name": "a gap is doubtful", "snapshot": first, "events": [event(103, "ticket.called", why="arrival")]},
        {
            "name": "another life is doubtful",
            "snapshot": first,
            "events": [{**event(101, "ticket.called"), "epoch": "e2"}],
        },
        {
            "name": "a call of which nothing tells the state before is doubtful",
            "snapshot": first,
            "events": [event(101, "ticket.called", why="number")],
        },
        {
            "name": "a held ticket that is called leaves the waiting as they are",
            "snapshot": first,
            "events": [
                event(101, "ticket.held", state="ON_HOLD", counter=None, **{"from": "WAITING"}),
                event(102, "ticket.called", why="number"),
            ],
        },
        {
            "name": "a priority ticket is called like any other",
            "snapshot": first,
            "events": [event(101, "ticket.called", why="priority", priority="elderly")],
        },
        {
            "name": "a no-show is called again",
            "snapshot": first,
            "events": [
                event(101, "ticket.called", why="arrival"),
                event(102, "ticket.no_show", state="NO_SHOW"),
                event(103, "ticket.called", why="back", calls=2),
            ],
        },
        {
            "name": "a transferred ticket waits for another service",
            "snapshot": first,
            "events": [
                event(
                    101,
                    "ticket.transferred",
                    "t-C007",
                    number="C007",
                    service="VX",
                    state="WAITING",
                    counter="3",
                    **{"from": "3"},
                )
            ],
        },
        {
            "name": "an undone call is no call",
            "snapshot": first,
            "events": [
                event(101, "ticket.called", why="arrival"),
                event(102, "ticket.undone", state="WAITING", counter=None, calls=0, called_at=None),
            ],
        },
        {
            "name": "an undone second call leaves the first",
            "snapshot": first,
            "events": [
                event(101, "ticket.called", why="arrival"),
                event(102, "ticket.recalled", calls=2),
                event(103, "ticket.undone", calls=1, called_at=NOW + 60_000),
            ],
        },
    ]


def of_the_office() -> list[dict[str, Any]]:
    """Each rule of counters, days, dossiers and notices once, by name."""
    first = snapshot()
    code = "000.00.53.H48-240410-0012"
    other = "000.00.53.H48-240409-0031"
    return [
        {
            "name": "counters open, pause and close",
            "snapshot": first,
            "events": [
                event(101, "counter.paused", "1"),
                event(102, "counter.closed", "2"),
                event(103, "counter.opened", "1"),
            ],
        },
        {
            "name": "the last number of the day makes a service full",
            "snapshot": snapshot(),
            "shown": capped(),
            "events": [
                event(101, "ticket.issued", state="WAITING", counter=None),
                event(102, "ticket.issued", "t-A014", number="A014", state="WAITING", counter=None),
            ],
        },
        {
            "name": "another day begins empty",
            "snapshot": snapshot(),
            "shown": capped(),
            "events": [
                event(101, "ticket.issued", "t-A014", number="A014", state="WAITING", counter=None),
                {**event(102, "office.day_opened", "ba-vi"), "business_date": "2024-04-16"},
            ],
        },
        {
            "name": "the close of the day leaves nobody waiting",
            "snapshot": first,
            "events": [event(101, "office.day_closed", "ba-vi")],
        },
        {
            "name": "a dossier moves on",
            "snapshot": first,
            "events": [{**event(101, "dossier.updated", code), "data": dossier(code, 5, "2024-04-20T09:00:00.000Z")}],
        },
        {
            "name": "a new dossier stands by its date",
            "snapshot": first,
            "events": [
                {**event(101, "dossier.updated", other), "data": dossier(other, 4, None)},
                {
                    **event(102, "dossier.updated", other),
                    "data": dossier(other, 4, "2024-04-16T09:00:00.000Z", "Giảm nghèo"),
                },
            ],
        },
        {
            "name": "where names are shown a dossier that moves on asks for a new look",
            "snapshot": named(),
            "events": [{**event(101, "dossier.updated", code), "data": dossier(code, 5, "2024-04-20T09:00:00.000Z")}],
        },
        {
            "name": "a dossier of another unit takes no name over",
            "snapshot": named(),
            "events": [
                {
                    **event(101, "dossier.updated", f"H48.99{code[13:]}"),
                    "data": dossier(f"H48.99{code[13:]}", 4, "2024-04-17T09:00:00.000Z"),
                }
            ],
        },
        {
            "name": "where names are shown a new dossier asks for a new look",
            "snapshot": named(),
            "events": [{**event(101, "dossier.updated", other), "data": dossier(other, 4, None)}],
        },
        {
            "name": "a dossier that is not shown asks for nothing",
            "snapshot": named(),
            "events": [{**event(101, "dossier.updated", other), "data": dossier(other, 1, None)}],
        },
        {
            "name": "a withdrawn dossier is no longer shown",
            "snapshot": first,
            "events": [{**event(101, "dossier.updated", code), "data": dossier(code, 7, None)}],
        },
        {
            "name": "a decided dossier asks for a new look",
            "snapshot": first,
            "events": [{**event(101, "dossier.updated", code), "data": dossier(code, 9, None)}],
        },
        {
            "name": "notices change whole",
            "snapshot": first,
            "events": [
                {
                    **event(101, "notice.changed", "ba-vi"),
                    "data": {"notices": [{"id": "a", "text": "Mời bà con uống nước.", "language": "vi"}]},
                }
            ],
        },
        {
            "name": "another configuration asks for a new look",
            "snapshot": first,
            "events": [event(101, "office.configured", "ba-vi")],
        },
        {
            "name": "what the board does not know changes nothing",
            "snapshot": first,
            "events": [
                event(101, "slip.printed"),
                event(102, "rating.submitted", "r"),
                event(103, "device.online", "d"),
            ],
        },
    ]


def by_chance(seed: int) -> dict[str, Any]:
    """A morning of the small office."""
    dice, office = random.Random(seed), SmallOffice()
    first = office.body()
    for _ in range(160):
        office.passes(dice.randint(1, 40))
        step = dice.choice(STEPS)
        if step == "issue":
            office.issue()
        else:
            getattr(office, step)(dice.choice(COUNTERS))
    return {"name": f"a morning by chance, {seed}", "snapshot": first, "events": office.events}


def spotlights() -> list[dict[str, Any]]:
    """Steps of the spotlight: who is heard when (s), what is withdrawn, and which call is lit at each look."""
    call = {"number": "A001", "service": "HT", "counter": "1", "time": NOW, "recall": False, "ticket": "t1"}
    second = {**call, "number": "A002", "counter": "2", "time": NOW + 1000, "ticket": "t2"}
    again = {**second, "time": NOW + 5000, "recall": True}
    return [
        {
            "name": "each at least eight seconds, the last twenty",
            "steps": [
                ["hear", call, NOW],
                ["hear", second, NOW + 1000],
                ["tick", 0],
                ["tick", 7.9],
                ["tick", 8],
                ["tick", 27.9],
                ["tick", 28],
            ],
            "lit": ["A001", "A001", "A002", "A002", None],
        },
        {
            "name": "a call heard twice is made once",
            "steps": [["hear", call, NOW], ["hear", call, NOW], ["tick", 0], ["tick", 8], ["tick", 20]],
            "lit": ["A001", "A001", None],
        },
        {
            "name": "a call is made until it is a minute old",
            "steps": [["hear", call, NOW + 60_000], ["hear", second, NOW + 61_001], ["tick", 0], ["tick", 20]],
            "lit": ["A001", None],
        },
        {
            "name": "what was undone before its turn sends nobody",
            "steps": [["hear", call, NOW], ["hear", second, NOW], ["withdraw", "t2", -1], ["tick", 0], ["tick", 20]],
            "lit": ["A001", None],
        },
        {
            "name": "undoing the second call leaves the first",
            "steps": [
                ["hear", call, NOW],
                ["hear", second, NOW],
                ["hear", again, NOW],
                ["withdraw", "t2", NOW + 1000],
                ["tick", 0],
                ["tick", 8],
                ["tick", 28],
            ],
            "lit": ["A001", "A002", None],
        },
    ]


def notices() -> list[dict[str, Any]]:
    """What stands in the line of notices, part after part."""
    texts = (
        "",
        "Mời bà con uống nước.",
        "x" * 200,
        "Nghỉ lễ! " * 12,
        "Từ ngày 22 tháng 4 năm 2024, hồ sơ đất đai nhận tại quầy 9 và quầy 10; bà con nhớ mang theo giấy chứng nhận "
        "quyền sử dụng đất, căn cước công dân và giấy hẹn. Xin cảm ơn bà con đã chờ.",
        "Bà con  nhớ mang theo giấy chứng nhận quyền sử dụng đất, căn cước công dân, giấy hẹn, đơn có xác nhận của "
        "trưởng thôn và hai ảnh chân dung cỡ 3 × 4",
    )
    return [{"text": text, "parts": in_parts(text)} for text in texts]


def pages() -> list[dict[str, Any]]:
    """Which of the counters 1 … N stand on the screen: `calling` newest first, `now` s, worked out by hand."""
    return [
        {"name": "ten stand at once", "counters": 10, "now": 77, "shown": [*range(1, 11)], "place": [1, 1]},
        {"name": "eleven in two pages", "counters": 11, "now": 9.9, "shown": [*range(1, 7)], "place": [1, 2]},
        {"name": "the second after ten seconds", "counters": 11, "now": 10, "shown": [*range(7, 12)], "place": [2, 2]},
        {"name": "and the first again", "counters": 11, "now": 20, "shown": [*range(1, 7)], "place": [1, 2]},
        {"name": "three from afar", "counters": 5, "now": 9, "far": True, "shown": [1, 2, 3], "place": [1, 2]},
        {"name": "then the others", "counters": 5, "now": 10, "far": True, "shown": [4, 5], "place": [2, 2]},
        {
            "name": "from afar one place is for the newest call",
            "counters": 5,
            "now": 0,
            "far": True,
            "calling": [5, 1],
            "shown": [5, 1, 2],
            "place": [1, 2],
        },
        {"name": "the last of forty", "counters": 40, "now": 39, "shown": [*range(31, 41)], "place": [4, 4]},
        {
            "name": "a counter that calls stands on every page, the newest call first",
            "counters": 40,
            "now": 0,
            "calling": [33, 7],
            "shown": [33, 7, 1, 2, 3, 4, 5, 6, 8, 9],
            "place": [1, 5],
        },
        {
            "name": "at most half of the places are for those that call",
            "counters": 40,
            "now": 0,
            "calling": [40, 39, 38, 37, 36, 35],
            "shown": [40, 39, 38, 37, 36, 1, 2, 3, 4, 5],
            "place": [1, 7],
        },
        {
            "name": "six at once on a screen that stands",
            "counters": 8,
            "now": 10,
            "stands": True,
            "calling": [2],
            "shown": [2, 6, 7, 8],
            "place": [2, 2],
        },
    ]


def dossier_places() -> list[dict[str, Any]]:
    """`s`: of a dossier nothing but its sign may be shown; else its code."""
    return [
        {"rows": "asbsc", "at_once": 3, "shown": "abc"},
        {"rows": "asbscsd", "at_once": 3, "shown": "abcdss"},
        {"rows": "sssss", "at_once": 3, "shown": "sss"},
        {"rows": "ab", "at_once": 3, "shown": "ab"},
        {"rows": "", "at_once": 3, "shown": ""},
    ]


def examples() -> dict[str, Any]:
    folds = [
        {"shown": display(), **one}
        for one in (*of_tickets(), *of_the_office(), *(by_chance(seed) for seed in range(4)))
    ]
    return {
        "fold": [{**one, "expected": folded(one)} for one in folds],
        "spotlight": spotlights(),
        "notices": notices(),
        "pages": pages(),
        "dossier_places": dossier_places(),
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(examples(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
