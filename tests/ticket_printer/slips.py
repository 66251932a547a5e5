"""A slip of the sample office, and how to wait for what a thread does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ticket_printer.slip import Slip

SLIP = Slip(
    office="BỘ PHẬN MỘT CỬA XÃ BA VÌ",
    title="PHIẾU SỐ THỨ TỰ",
    letter="A",
    shape="circle",
    number="012",
    service="Tư pháp – Hộ tịch",
    pictogram="family",
    counters=("1", "2"),
    counter_word="Đến quầy",
    or_word="hoặc",
    ahead=3,
    ahead_text="3 người chờ trước",
    time_text="08:05 · 15/4/2024",
    session_text="Buổi: Sáng",
    qr_url="https://mc.bavi.vn/t/3Kd9xQw7Yz2a",
    qr_text="Quét ô để theo dõi số",
    thanks="Vui lòng giữ phiếu, chờ gọi số. Xin cảm ơn!",
)


def until(condition: Callable[[], bool], timeout_s: float = 5.0) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


@dataclass
class ShiftedClock:
    """The machine's own, `ahead_s` further: minutes pass at once."""

    ahead_s: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s
