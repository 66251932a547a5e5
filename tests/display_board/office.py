"""The sample office on a Monday morning, as the service would tell it."""

from __future__ import annotations

import json
from typing import Any

from config.loading import sample_text
from display_board.state.display import display_of
from display_board.state.fold import Board, from_snapshot

NOW = 1_713_143_520_000  # 2024-04-15 08:12 in Vietnam


def display() -> dict[str, Any]:
    import tomllib

    plain = json.loads(json.dumps(tomllib.loads(sample_text()), default=str))
    return {"office": plain["office"], "services": plain["service"], "counters": plain["counter"]}


def ticket(number: str, service: str, state: str) -> dict[str, str]:
    return {"id": f"t-{number}", "number": number, "service": service, "state": state}


def called(number: str, service: str, counter: str, time: str) -> dict[str, Any]:
    return {
        "number": number,
        "service": service,
        "counter": counter,
        "time": f"2024-04-15T{time}:00.000Z",
        "recall": False,
    }


def dossier(code: str, field: str, step: str, due: str | None, sensitive: bool = False) -> dict[str, Any]:
    return {
        "code_masked": code,
        "field": field,
        "step": step,
        "sensitive": sensitive,
        "due_at": due and f"{due}T09:00:00.000Z",
    }


def counters(shown: dict[str, Any]) -> list[dict[str, Any]]:
    current = {
        "1": ticket("A012", "HT", "SERVING"),
        "2": ticket("A011", "HT", "SERVING"),
        "3": ticket("C007", "DD", "CALLED"),
        "4": ticket("H003", "VX", "SERVING"),
    }
    return [
        {
            "code": c["code"],
            "name": c["name"],
            "services": c["services"],
            "state": "OPEN",
            "ticket": current.get(c["code"]),
        }
        for c in shown["counters"]
    ]


def queues(shown: dict[str, Any]) -> list[dict[str, Any]]:
    waiting = {"HT": 3, "DD": 1, "VX": 2}
    return [
        {"service": s["code"], "name": s["name"], "prefix": s["letter"], "waiting": waiting.get(s["code"], 0)}
        for s in shown["services"]
    ]


def snapshot(**changes: Any) -> dict[str, Any]:
    """The answer to GET /api/v1/board."""
    shown = display()
    words = "Bà con chưa rõ giấy tờ, xin hỏi cán bộ ở quầy 5. Sáng nay nhận hồ sơ đến 11 giờ 30."
    return {
        "seq": 100,
        "epoch": "e1",
        "business_date": "2024-04-15",
        "open": True,
        "next_opening": None,
        "counters": counters(shown),
        "queues": queues(shown),
        "recent_calls": [
            called("C007", "DD", "3", "01:12"),
            called("A012", "HT", "1", "01:08"),
            called("H003", "VX", "4", "01:05"),
            called("A011", "HT", "2", "01:01"),
        ],
        "progress": [
            dossier("•••240410-0012", "Đất đai", "processing", "2024-04-17"),
            dossier("•••240412-0004", "Hộ tịch", "ready", None),
            dossier("•••240401-0021", "Giảm nghèo", "papers_asked", "2024-04-22", sensitive=True),
        ],
        "notices": [{"id": "n", "text": words, "language": "vi"}],
        **changes,
    }


def board(**changes: Any) -> Board:
    return from_snapshot(snapshot(**changes), display_of(display()))
