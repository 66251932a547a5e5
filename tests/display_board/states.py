"""Every state of the screen, made from the sample office: for pictures and for the tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from display_board.state.board import Board
from display_board.state.call_scheduler import Spotlight
from display_board.state.display import Picture
from display_board.state.scene import Now, Scene, compose
from tests.display_board.office import NOW, board, called, snapshot, ticket

HOUR = 3_600_000
CLOSED = {"state": "CLOSED", "ticket": None}


def counters(**changes: Any) -> list[dict[str, Any]]:
    return [{**row, **changes} for row in snapshot()["counters"]]


def queues(**changes: Any) -> list[dict[str, Any]]:
    return [{**row, **changes} for row in snapshot()["queues"]]


def dossiers(count: int) -> list[dict[str, Any]]:
    """Of all fields and steps, the first ones behind their date, every seventh of a sensitive field."""
    fields = ("Đất đai", "Hộ tịch", "Chứng thực", "Xây dựng", "Kinh tế", "Môi trường")
    steps = ("received", "processing", "papers_asked", "payment_asked", "processing", "ready")
    return [
        {
            "code_masked": f"•••2404{1 + i % 14:02d}-{i + 1:04d}",
            "field": "Bảo trợ xã hội" if i % 7 == 2 else fields[i % 6],
            "step": steps[i % 6],
            "due_at": f"2024-04-{min(30, 12 + i):02d}T09:00:00.000Z",
            "sensitive": i % 7 == 2,
        }
        for i in range(count)
    ]


def named(count: int) -> list[dict[str, Any]]:
    """As of an office that shows masked names; not of every dossier a name is known."""
    names = ("Phạm V. T.", "Đinh T. Y. Đ.", "", "Nguyễn T. H. M. Q.")
    rows = dossiers(count)
    return [
        row if row["sensitive"] or not names[i % 4] else {**row, "name_masked": names[i % 4]}
        for i, row in enumerate(rows)
    ]


def shown(at: Board | None, lit: Spotlight | None = None, lost: int | None = None, **moment: Any) -> Scene:
    return compose(at, lit, lost, Now(**{"now_ms": NOW, "monotonic": 1000.0, **moment}))


def lit(at: Board, recall: bool = False, since: float = 990.0) -> Spotlight:
    return Spotlight(replace(at.calls[0], recall=recall), since, 2)


def closed(**changes: Any) -> Board:
    return board(**{"open": False, "counters": counters(**CLOSED), "queues": queues(waiting=0), **changes})


def calm(**changes: Any) -> Board:
    rows = [{**row, "ticket": None} if row["code"] == "3" else row for row in snapshot()["counters"]]
    return board(**{"counters": rows, "queues": queues(waiting=0), "progress": dossiers(14), **changes})


def with_address(at: Board) -> Board:
    return replace(at, display=replace(at.display, procedures="https://mc.bavi.vn/procedures"))


def with_picture(at: Board) -> Board:
    return replace(at, display=replace(at.display, pictures=(Picture("hall.png", 10),)), progress=())


def crowded() -> Board:
    """Twelve counters, long names, numbers beyond a thousand, a long notice."""
    rows = [
        {
            "code": str(8 + i),
            "name": f"Quầy {8 + i}",
            "services": ["HT"],
            "state": "OPEN",
            "ticket": ticket(f"A{1000 + i}", "HT", "CALLED" if i == 3 else "SERVING"),
        }
        for i in range(12)
    ]
    name = "Trung tâm Phục vụ hành chính công xã Ba Vì – Bộ phận Tiếp nhận và Trả kết quả"
    words = (
        "Từ ngày 22 tháng 4 năm 2024, hồ sơ đất đai nhận tại quầy 9 và quầy 10; bà con nhớ mang theo giấy chứng "
        "nhận quyền sử dụng đất, căn cước công dân và giấy hẹn. Xin cảm ơn bà con đã chờ."
    )
    calls = [
        {
            "number": f"A{1003 - i}",
            "service": "HT",
            "counter": str(11 - i),
            "time": "2024-04-15T01:08:00.000Z",
            "recall": False,
        }
        for i in range(4)
    ]
    made = board(
        counters=rows,
        recent_calls=calls,
        queues=queues(waiting=118),
        notices=[{"id": "n", "text": words, "language": "vi"}],
    )
    return replace(made, display=replace(made.display, office=name))


def forty() -> Board:
    """Forty counters, of which number 33 calls; eight services, two thousand people, numbers beyond a thousand."""
    first = board()
    rows = [
        {
            "code": str(1 + i),
            "name": f"Quầy {1 + i}: Tiếp nhận và trả kết quả",
            "services": ["HT"],
            "state": "CLOSED" if i % 9 == 8 else "PAUSED" if i % 11 == 10 else "OPEN",
            "ticket": None if i % 9 == 8 else ticket(f"A{1000 + i}", "HT", "CALLED" if i == 32 else "SERVING"),
        }
        for i in range(40)
    ]
    signs = tuple(
        replace(sign, code=f"S{i}", letter="ACHKRBMT"[i]) for i, sign in enumerate((first.display.signs * 2)[:8])
    )
    made = board(counters=rows, recent_calls=[called("A1032", "HT", "33", "01:12"), *snapshot()["recent_calls"]])
    display = replace(made.display, signs=signs, directions=(("33", "up"),))
    waiting = {f"S{i}": 2000 if i % 2 else 0 for i in range(8)}
    return replace(made, display=display, waiting=waiting, full=frozenset({"S1", "S6"}))


def six() -> Board:
    """Six services with a thousand people and more in some."""
    at = forty()
    signs = at.display.signs[:6]
    return replace(at, display=replace(at.display, signs=signs), rows=at.rows[:5])


STATES: dict[str, Callable[[], Scene]] = {
    "starting": lambda: shown(None),
    "board": lambda: shown(board()),
    "far": lambda: shown(replace(board(), display=replace(board().display, far=True))),
    "call": lambda: shown(board(), lit(board())),
    "pulse": lambda: shown(board(), lit(board(), since=999.5)),
    "recall": lambda: shown(board(), lit(board(), recall=True)),
    "offline": lambda: shown(board(), lost=NOW - 420_000),
    "paused": lambda: shown(board(counters=counters(state="PAUSED", ticket=None))),
    "counters-closed": lambda: shown(board(counters=counters(**CLOSED))),
    "part-full": lambda: shown(replace(board(), full=frozenset({"HT", "VX"}))),
    "all-full": lambda: shown(board(queues=queues(full=True))),
    "full-day": lambda: shown(
        closed(open=True, queues=queues(waiting=0, full=True), next_opening="2024-04-16T07:00:00+07:00")
    ),
    "closed": lambda: shown(closed(next_opening="2024-04-16T07:00:00+07:00"), now_ms=NOW + 10 * HOUR),
    "lunch": lambda: shown(closed(next_opening="2024-04-15T13:30:00+07:00"), now_ms=NOW + 238 * 60_000),
    "holiday": lambda: shown(
        replace(
            closed(next_opening="2024-04-17T07:00:00+07:00"),
            display=replace(closed().display, holidays=("2024-04-15", "2024-04-16")),
        )
    ),
    "page-turns": lambda: shown(board(progress=dossiers(14)), monotonic=1008.25),
    "dossiers": lambda: shown(calm(), idle_s=21.0),
    "dossiers-standing": lambda: shown(calm(), idle_s=21.0, stands=True),
    "names": lambda: shown(calm(progress=named(14)), idle_s=21.0),
    "names-standing": lambda: shown(calm(progress=named(14)), idle_s=21.0, stands=True),
    "procedures": lambda: shown(with_address(calm(progress=[])), idle_s=21.0),
    "picture": lambda: shown(with_picture(calm()), idle_s=21.0),
    "crowded": lambda: shown(crowded()),
    "crowded-call": lambda: shown(crowded(), lit(crowded())),
    "forty": lambda: shown(forty()),
    "forty-last": lambda: shown(forty(), monotonic=1049.0),
    "forty-call": lambda: shown(forty(), lit(forty())),
    "forty-offline": lambda: shown(forty(), lost=NOW - 420_000),
    "forty-standing": lambda: shown(forty(), stands=True),
    "forty-last-standing": lambda: shown(forty(), monotonic=1049.0, stands=True),
    "forty-offline-standing": lambda: shown(forty(), lost=NOW - 420_000, stands=True),
    "crowded-standing": lambda: shown(crowded(), stands=True),
    "crowded-offline-standing": lambda: shown(crowded(), lost=NOW - 420_000, stands=True),
    "six-services": lambda: shown(six()),
    "crowded-offline": lambda: shown(crowded(), lost=NOW - 420_000),
}


def states_for(size: tuple[int, int]) -> dict[str, Callable[[], Scene]]:
    """The states of a screen that lies or stands."""
    twice = {name.removesuffix("-standing") for name in STATES if name.endswith("-standing")}
    left_out = twice if size[1] > size[0] else {f"{name}-standing" for name in twice}
    return {name: make for name, make in STATES.items() if name not in left_out}
