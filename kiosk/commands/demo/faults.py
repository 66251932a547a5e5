"""Faults that a visitor of the demonstration may cause, each with its counterpart; all are real ones."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from contract.records import dataclass
from kiosk.commands.demo.clock import ahead_ms, set_ahead
from kiosk.commands.demo.programs import DemoProgram
from kiosk.commands.demo.setup import DemoSetup

TIMEOUT_S = 5.0
DAY_MS = 24 * 3600 * 1000
HOLD_MINUTES = 5  # [limits] clock_hold_minutes of the sample office
LINE_FAULT = "reset"  # of the simulated one-stop system: each connection breaks in the middle of a delivery


class FaultNotCaused(Exception):
    """The simulator did not answer."""


@dataclass(frozen=True, slots=True)
class DemoFault:
    """`cause`, `undo` and `is_on` raise FaultNotCaused. Texts: (Vietnamese, English); `pages`: where to look."""

    code: str
    title: tuple[str, str]
    cause_words: tuple[str, str]
    undo_words: tuple[str, str]
    look: tuple[str, str]
    pages: tuple[str, ...]
    cause: Callable[[], None]
    undo: Callable[[], None]
    is_on: Callable[[], bool]


def printer_order(setup: DemoSetup, order: dict[str, str]) -> dict[str, Any]:
    """An order to the control port of the simulated printer; its state. Raises FaultNotCaused."""
    try:
        with socket.create_connection(("127.0.0.1", setup.ports["printer_control"]), TIMEOUT_S) as line:
            line.sendall(json.dumps(order).encode() + b"\n")
            answer: dict[str, Any] = json.loads(line.makefile("rb").readline())
    except (OSError, ValueError) as error:
        raise FaultNotCaused(f"the simulated printer does not answer: {error}") from error
    return answer


def onestop_order(setup: DemoSetup, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
    """A control call of the simulated one-stop system, POST with a body and GET without. Raises FaultNotCaused."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        setup.url("onestop") + path, data=data, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # nosec B310 # http on loopback, by us
            answer: dict[str, Any] = json.loads(response.read())
    except (OSError, ValueError) as error:
        raise FaultNotCaused(f"the simulated one-stop system does not answer: {error}") from error
    return answer


def faults_of(setup: DemoSetup, programs: Sequence[DemoProgram]) -> tuple[DemoFault, ...]:
    """All that can be tried, in the order of the page."""
    by_name = {program.name: program for program in programs}
    return (_paper(setup), _cover(setup), _line(setup), _clock(setup), _service(by_name["serve"]))


def _paper(setup: DemoSetup) -> DemoFault:
    return DemoFault(
        "paper",
        ("Máy in hết giấy", "The printer is out of paper"),
        ("Rút cuộn giấy", "Take the roll out"),
        ("Lắp giấy mới", "Put a new roll in"),
        (
            "Lấy một số: số vẫn được giữ, màn hình chỉ cách nhớ số; bàn cán bộ báo “Máy in”. Lắp giấy: không phiếu "
            "nào tự in ra lần nữa, cán bộ bấm in lại nếu cần.",
            "Take a number: it is kept and the screen says what to do; the console says so too. With paper back "
            "nothing is printed twice by itself.",
        ),
        ("kiosk", "counter"),
        lambda: _told(printer_order(setup, {"paper": "out"})),
        lambda: _told(printer_order(setup, {"paper": "ok"})),
        lambda: printer_order(setup, {}).get("paper") == "out",
    )


def _cover(setup: DemoSetup) -> DemoFault:
    return DemoFault(
        "cover",
        ("Nắp máy in mở", "The printer's cover is open"),
        ("Mở nắp", "Open the cover"),
        ("Đóng nắp", "Close the cover"),
        (
            "Mở nắp rồi lấy số: màn hình nói đúng lỗi; phiếu in dở không được coi là đã in. Đóng nắp: số lấy sau đó "
            "lại in được.",
            "Open it and take a number: the screen names the fault; a slip cut short never counts as printed.",
        ),
        ("kiosk", "admin"),
        lambda: _told(printer_order(setup, {"cover": "open"})),
        lambda: _told(printer_order(setup, {"cover": "closed"})),
        lambda: printer_order(setup, {}).get("cover") == "open",
    )


def _line(setup: DemoSetup) -> DemoFault:
    return DemoFault(
        "line",
        ("Đường truyền lên tỉnh đứt", "The line to the province is dead"),
        ("Cắt đường truyền", "Cut the line"),
        ("Nối lại", "Mend the line"),
        (
            "Cứ lấy số, gọi số như thường: việc chờ gửi tăng dần ở bàn cán bộ và ở Quản trị. Nối lại: tất cả tự gửi "
            "đi, không thiếu, không trùng.",
            "Work on as usual: what waits to be sent is counted on the console and in the administration. Mended, all "
            "of it is sent, once.",
        ),
        ("counter", "admin", "onestop"),
        lambda: _told(onestop_order(setup, "/control/fail", {"mode": LINE_FAULT})),
        lambda: _told(onestop_order(setup, "/control/heal", {})),
        lambda: bool(onestop_order(setup, "/control/fail").get("mode")),
    )


def _clock(setup: DemoSetup) -> DemoFault:
    return DemoFault(
        "clock",
        ("Đồng hồ máy chủ sai một ngày", "The service's clock is wrong by a day"),
        ("Chỉnh đồng hồ tới ngày mai", "Set the clock to tomorrow"),
        ("Chỉnh lại cho đúng", "Set it right"),
        (
            "Không ai mất số: cứ lấy số, gọi số như thường, ngày không bị đóng; bàn cán bộ và Quản trị báo đồng hồ "
            f"sai. Chỉnh lại trong {HOLD_MINUTES} phút là như chưa có gì; lâu hơn, máy tin giờ mới và sang ngày mới. "
            "Đồng hồ của máy bạn không bị đụng tới.",
            "Nobody loses a number and the day stays open; console and administration say that the clock is wrong. "
            f"Set right within {HOLD_MINUTES} minutes, nothing happened; later the new time is believed and a new day "
            "begins. Your own machine's clock is left alone.",
        ),
        ("kiosk", "counter", "admin"),
        lambda: _set_clock(setup, DAY_MS),
        lambda: _set_clock(setup, 0),
        lambda: ahead_ms(setup.data) != 0,
    )


def _set_clock(setup: DemoSetup, ahead: int) -> None:
    try:
        set_ahead(setup.data, ahead)
    except OSError as error:
        raise FaultNotCaused(f"the clock cannot be set: {error.strerror}") from error


def _service(program: DemoProgram) -> DemoFault:
    return DemoFault(
        "service",
        ("Máy chủ chết đột ngột", "The service dies at once"),
        ("Rút điện máy chủ", "Pull the plug"),
        ("Bật lại", "Switch it on"),
        (
            "Màn hình chung ghi “Không cập nhật từ …”, máy lấy số mời lấy phiếu giấy, bàn cán bộ báo mất liên lạc. Bật "
            "lại: mọi trang tự nối, số nào đã cấp vẫn còn nguyên.",
            "The TV says since when it is old, the kiosk sends to a counter, the console says that the line is lost. "
            "Switched on, all pages come back by themselves and every number given is there.",
        ),
        ("board", "kiosk", "counter"),
        program.hold,
        program.release,
        lambda: program.is_held,
    )


def _told(answer: dict[str, Any]) -> None:
    """Raises FaultNotCaused for an order that was not understood."""
    if "error" in answer:
        raise FaultNotCaused(str(answer["error"]))
