"""The sample office on a Monday morning, as the service would tell it."""

from __future__ import annotations

import json
from typing import Any

from config.loading import sample_text
from display_board.board import Board, from_snapshot

NOW = 1_713_143_520_000  # 2024-04-15 08:12 in Vietnam


def display() -> dict[str, Any]:
    import tomllib

    plain = json.loads(json.dumps(tomllib.loads(sample_text()), default=str))
    return {"office": plain["office"], "services": plain["service"], "counters": plain["counter"]}


def ticket(number: str, service: str, state: str) -> dict[str, str]:
    return {"id": f"t-{number}", "number": number, "service": service, "state": state}


def snapshot(**changes: Any) -> dict[str, Any]:
    shown = display()
    current = {
        "1": ticket("A012", "HT", "SERVING"),
        "2": ticket("A011", "HT", "SERVING"),
        "3": ticket("C007", "DD", "CALLED"),
        "4": ticket("H003", "VX", "SERVING"),
    }
    calls = (
        ("C007", "DD", "3", "01:12"),
        ("A012", "HT", "1", "01:08"),
        ("H003", "VX", "4", "01:05"),
        ("A011", "HT", "2", "01:01"),
    )
    waiting = {"HT": 3, "DD": 1, "VX": 2}
    return {
        "seq": 100,
        "epoch": "e1",
        "business_date": "2024-04-15",
        "open": True,
        "next_opening": None,
        "counters": [
            {
                "code": c["code"],
                "name": c["name"],
                "services": c["services"],
                "state": "OPEN",
                "ticket": current.get(c["code"]),
            }
            for c in shown["counters"]
        ],
        "queues": [
            {"service": s["code"], "name": s["name"], "prefix": s["letter"], "waiting": waiting.get(s["code"], 0)}
            for s in shown["services"]
        ],
        "recent_calls": [
            {"number": n, "service": s, "counter": c, "time": f"2024-04-15T{t}:00.000Z", "recall": False}
            for n, s, c, t in calls
        ],
        "progress": [
            {
                "code_masked": "•••240410-0012",
                "field": "Đất đai",
                "step": "processing",
                "due_at": "2024-04-17T09:00:00.000Z",
                "sensitive": False,
            },
            {"code_masked": "•••240412-0004", "field": "Hộ tịch", "step": "ready", "due_at": None, "sensitive": False},
            {
                "code_masked": "•••240401-0021",
                "field": "Giảm nghèo",
                "step": "papers_asked",
                "due_at": "2024-04-22T09:00:00.000Z",
                "sensitive": True,
            },
        ],
        "notices": [
            {
                "id": "n",
                "text": "Bà con chưa rõ giấy tờ, xin hỏi cán bộ ở quầy 5. Sáng nay nhận hồ sơ đến 11 giờ 30.",
                "language": "vi",
            }
        ],
        "display": shown,
        **changes,
    }


def board(**changes: Any) -> Board:
    return from_snapshot(snapshot(**changes))
