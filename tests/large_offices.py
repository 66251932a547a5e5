"""Offices larger than the sample: more services than shapes, many counters, long names, thousands of numbers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from config.loading import build, sample_text
from config.schema import Configuration

LETTERS = "ABCEGHIKLMNOPQRSTUVXY"
NAMES = (
    "Tư pháp – Hộ tịch, chứng thực bản sao, chữ ký, hợp đồng, giao dịch",
    "Đất đai – Xây dựng – Môi trường – Nông nghiệp và phát triển nông thôn",
    "Văn hóa – Xã hội – Lao động – Bảo trợ người cao tuổi, người khuyết tật",
    "Văn phòng – Thống kê, hướng dẫn nộp hồ sơ trên Cổng dịch vụ công quốc gia",
    "Trả kết quả giải quyết thủ tục hành chính của tất cả các lĩnh vực",
)
PICTOGRAMS = ("family", "land", "care", "online", "result")


@dataclass(frozen=True)
class Size:
    """So many services and counters; the first service stands at `shared` counters."""

    services: int
    counters: int
    shared: int

    def __str__(self) -> str:
        return f"{self.services} services, {self.counters} counters, {self.shared} for one service"


SIX = Size(6, 8, 3)
NINE = Size(9, 12, 3)
TWENTY = Size(20, 40, 12)
SIZES = (SIX, NINE, TWENTY)


def configuration(size: Size, url: str, **office: Any) -> Configuration:
    """An office of that size whose names are as long as names of offices get; signs come by rule."""
    tables = tomllib.loads(sample_text())
    tables["office"].update(
        {"name": "Trung tâm Phục vụ hành chính công xã Ba Vì – Bộ phận Tiếp nhận và Trả kết quả", "opening": "always"}
    )
    tables["office"].update(office)
    tables["printer"], tables["device"], tables["procedure"] = [], [], []
    tables["database"] = {"url": url}
    tables["server"]["bind"] = "127.0.0.1:0"
    tables["service"] = [
        {
            "code": f"S{i + 1}",
            "letter": LETTERS[i],
            "name": NAMES[i] if i < len(NAMES) else f"{NAMES[i % len(NAMES)]} {i // len(NAMES) + 1}",
            "hint": "Khai sinh, kết hôn, khai tử, chứng thực, xác nhận cư trú",
            "pictogram": PICTOGRAMS[i % len(PICTOGRAMS)],
            "fields": [f"Lĩnh vực số {i + 1} của tỉnh"],
        }
        for i in range(size.services)
    ]
    tables["counter"] = [
        {
            "code": str(i + 1),
            "name": f"Quầy {i + 1} – Tiếp nhận và trả kết quả",
            "services": ["S1"] if i < size.shared else [f"S{2 + (i - size.shared) % (size.services - 1)}"],
            "direction": ("left", "up", "right")[i % 3],
        }
        for i in range(size.counters)
    ]
    last = tables["counter"][-1]
    served = {code for one in tables["counter"] for code in one["services"]}
    last["services"] = [*last["services"], *(s["code"] for s in tables["service"] if s["code"] not in served)]
    for words in tables.get("slip_words", {}).values():
        words["services"] = {}
    return build(tables, "large office")
