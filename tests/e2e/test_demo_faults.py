"""What a newcomer tries on the page of the demonstration: each fault is real, what holds holds, each is undone."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.demo import Demo, until
from tests.e2e.test_story import delivered, journal


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("faults") / "demo")
    yield running
    running.stop()


def page_of(demo: Demo) -> str:
    match = re.search(r"Thử hỏng .*?(http\S+)", demo.welcome)
    assert match is not None, demo.welcome
    with urllib.request.urlopen(match[1], timeout=10) as response:
        text: str = response.read().decode()
    return text


def press(demo: Demo, fault: str) -> str:
    """The button of a fault as the page shows it now; the state after it."""
    page = page_of(demo)
    section = re.search(rf'<section id="{fault}".*?</section>', page, re.DOTALL)
    assert section is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', section[0]))
    address = re.search(r"Thử hỏng .*?(http\S+)", demo.welcome)
    assert address is not None
    data = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(urllib.request.Request(address[1], data=data), timeout=20) as response:
        after = response.read().decode()
    state = re.search(rf'<section id="{fault}".*?class="state">([^<]+)', after, re.DOTALL)
    assert state is not None
    return state[1]


@pytest.fixture(scope="module")
def kiosk_token(demo: Demo) -> str:
    return demo.motcua("token", "create", "--role", "kiosk", "--name", "tried").strip()


def take_number(demo: Demo, token: str, service: str) -> str:
    """The id of a new ticket of a service."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": new_key()}
    body = json.dumps({"service": service}).encode()
    request = urllib.request.Request(f"{demo.address}/api/v1/tickets", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return str(json.loads(response.read())["id"])


def new_key() -> str:
    return str(uuid.uuid4())


def printer_state(demo: Demo) -> tuple[str, str | None]:
    printer = demo.get("/api/v1/printers", demo.admin_token)["printers"]["hall"]
    return printer["state"], printer["reason"]


def is_ready(demo: Demo) -> bool:
    try:
        with urllib.request.urlopen(f"{demo.address}/readyz", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.mark.parametrize(("fault", "reason"), [("paper", "paper_out"), ("cover", "cover_open")])
def test_a_printer_that_stands_still_keeps_numbers_and_prints_again(
    demo: Demo, kiosk_token: str, fault: str, reason: str
) -> None:
    until("a printer that is well", lambda: printer_state(demo)[0] == "ok")
    assert press(demo, fault) == "Đang hỏng"
    until("the fault to be seen", lambda: printer_state(demo)[1] == reason)
    before = len(demo.papers())
    ticket = take_number(demo, kiosk_token, "HT")
    until("the slip to be given up", lambda: slip_state(demo, ticket) == "NOT_PRINTED")
    assert len(demo.papers()) == before
    assert press(demo, fault) == "Đang tốt"
    until("the printer to be well", lambda: printer_state(demo)[0] == "ok")
    following = take_number(demo, kiosk_token, "HT")
    until("the next slip", lambda: slip_state(demo, following) == "PRINTED")
    assert slip_state(demo, ticket) == "NOT_PRINTED", "nothing prints by itself after a refill"


def slip_state(demo: Demo, ticket: str) -> str:
    return str(demo.get(f"/api/v1/tickets/{ticket}", demo.admin_token)["print"]["state"])


def test_what_a_dead_line_holds_back_is_sent_once_it_is_mended(demo: Demo, kiosk_token: str) -> None:
    until("the events so far", lambda: delivered(demo))
    assert press(demo, "line") == "Đang hỏng"
    take_number(demo, kiosk_token, "VX")
    until("something to be held back", lambda: not delivered(demo))
    assert press(demo, "line") == "Đang tốt"
    until("all events", lambda: delivered(demo))


def clock_doubt(demo: Demo) -> str:
    return str(demo.get("/api/v1/clock", demo.admin_token)["doubt"])


def test_a_clock_that_is_a_day_ahead_closes_no_day_and_leaves_no_trace_once_it_is_right(
    demo: Demo, kiosk_token: str
) -> None:
    before = demo.get("/api/v1/board", kiosk_token)
    ticket = take_number(demo, kiosk_token, "DD")
    assert press(demo, "clock") == "Đang hỏng"
    until("the jump to be seen", lambda: clock_doubt(demo) == "jumped")
    assert not is_ready(demo)
    take_number(demo, kiosk_token, "DD")
    during = demo.get("/api/v1/board", kiosk_token)
    assert during["business_date"] == before["business_date"]
    assert demo.get(f"/api/v1/tickets/{ticket}", kiosk_token)["state"] == "WAITING"
    assert press(demo, "clock") == "Đang tốt"
    until("the time to be believed again", lambda: clock_doubt(demo) == "none")
    assert "0 differences" in demo.motcua("verify")


def test_a_service_whose_plug_was_pulled_comes_back_with_every_number(demo: Demo) -> None:
    before = journal(demo)["events"]
    assert press(demo, "service") == "Đang hỏng"
    assert not is_ready(demo)
    assert "Đang hỏng" in page_of(demo), "and stays dead until it is switched on"
    assert press(demo, "service") == "Đang tốt"
    until("the service", lambda: is_ready(demo))
    assert journal(demo)["events"][: len(before)] == before


def test_the_first_start_shows_a_sample_day_and_says_so(demo: Demo, kiosk_token: str) -> None:
    day = (demo.data / "sample-until.txt").read_text(encoding="utf-8")
    report = json.loads(demo.motcua("report", "daily", "--from", day, "--to", day, "--format", "json"))
    assert report["total"]["issued"] > 20 and report["ratings"]["total"]["count"] > 5
    board = demo.get("/api/v1/board", kiosk_token)
    assert len(board["progress"]) >= 8 and {row["state"] for row in board["counters"]} == {"OPEN"}
    assert "là mẫu, không phải thật" in board["notices"][0]["text"]
    office = demo.get("/api/v1/page/admin", demo.admin_token)["shown"]["office"]
    assert office["sample_until"] == day and office["name"].endswith("(chạy thử)")
    assert f"Số liệu mẫu đến hết ngày {day}" in demo.welcome
    assert "0 differences" in demo.motcua("verify")


def test_a_page_of_another_origin_or_name_causes_nothing(demo: Demo) -> None:
    address = re.search(r"Thử hỏng .*?(http\S+)", demo.welcome)
    assert address is not None
    forged = urllib.parse.urlencode({"token": "guessed", "fault": "service", "do": "cause"}).encode()
    for request in (
        urllib.request.Request(address[1], data=forged),
        urllib.request.Request(address[1], headers={"Host": "motcua.example"}),
        urllib.request.Request(address[1], data=b"fault=service&do=cause"),
    ):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=10)
        assert caught.value.code == 403
    assert is_ready(demo)


def test_the_service_itself_has_no_such_page(demo: Demo) -> None:
    for path in ("/faults", "/control/fail", "/thu-hong"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(demo.address + path, timeout=10)
        assert caught.value.code == 404


def test_ports_are_those_of_the_last_run(demo: Demo) -> None:
    before = json.loads((demo.data / "ports.json").read_text(encoding="utf-8"))
    demo.kill_and_start_again()
    assert json.loads((demo.data / "ports.json").read_text(encoding="utf-8")) == before
    assert before["service"] == demo.port


def test_a_second_demonstration_in_the_same_folder_says_so(demo: Demo) -> None:
    with pytest.raises(AssertionError, match="đang được một bản trình diễn hoặc dịch vụ khác dùng"):
        demo.motcua("demo", "--headless", "--data", str(demo.data))


def test_a_demo_folder_is_bound_to_this_machine_alone(demo: Demo) -> None:
    listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    local = {line.split()[1] for line in listening if line.split()[3] == "0A"}
    for port in json.loads((demo.data / "ports.json").read_text(encoding="utf-8")).values():
        assert f"0100007F:{port:04X}" in local and f"00000000:{port:04X}" not in local
