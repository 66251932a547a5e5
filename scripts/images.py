"""Takes the pictures of the README from the running product:  python scripts/images.py docs/images"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page

from tests.bench.programs import environment_for, found_office, motcua, serving
from tests.browser import chromium
from tests.display_board.voices.sounds import recording
from tests.e2e.demo import Demo, until


def send(demo: Demo, path: str, token: str, body: Any, method: str = "POST") -> dict[str, Any]:
    request = urllib.request.Request(
        demo.address + path,
        json.dumps(body).encode(),
        method=method,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return dict(json.loads(answer.read() or b"{}"))


def shot(browser: Browser, address: str, size: tuple[int, int], path: Path, ready: str) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page.goto(address)
    page.locator(ready).first.wait_for()
    page.wait_for_timeout(1200)
    page.screenshot(path=path)
    return page


def put_dossiers(demo: Demo) -> None:
    """As the one-stop system tells them: received last week, worked on, ready."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    rows = [("1.004227", "Đất đai", 4, 2), ("1.001193", "Hộ tịch", 5, 1), ("1.009994", "Xây dựng", 6, 4)]
    received = now - timedelta(days=4)
    rows_sent = [
        {
            "code": f"000.00.53.H48-{received:%y%m%d}-{n:04}",
            "procedure": procedure,
            "field": field,
            "channel": 1,
            "status": status,
            "received_at": received.isoformat(),
            "due_at": (now + timedelta(days=days)).isoformat(),
        }
        for n, (procedure, field, status, days) in enumerate(rows, 11)
    ]
    send(demo, "/api/v1/dossiers", demo.admin_token, rows_sent, "PUT")


def a_morning(demo: Demo) -> dict[str, str]:
    """People come, are called and served, some rate; answers the tokens used."""
    made = {
        role: demo.motcua("token", "create", "--role", role, "--name", f"pictures-{role}").strip()
        for role in ("kiosk", "counter")
    }
    tablets = {
        counter: demo.motcua(
            *("token", "create", "--role", "tablet", "--name", f"pictures-tablet-{counter}", "--counter", counter)
        ).strip()
        for counter in "1345"
    }
    for service in ("HT", "DD", "VX", "HT", "VP", "KQ", "HT", "VX", "DD", "HT", "HT", "VX"):
        priority = {"priority": "elderly"} if service == "VX" else {}
        send(demo, "/api/v1/tickets", made["kiosk"], {"service": service, **priority})
    levels = iter(["very_satisfied", "very_satisfied", "satisfied", "very_satisfied", "not_satisfied"])
    for counter in ("1", "4", "3", "5", "1"):
        ticket = send(demo, f"/api/v1/counters/{counter}/call-next", made["counter"], {"finish_current": "complete"})
        send(demo, f"/api/v1/tickets/{ticket['id']}/start", made["counter"], {})
        send(demo, f"/api/v1/tickets/{ticket['id']}/complete", made["counter"], {})
        rating = {"ticket": ticket["id"], "answers": {"attitude": next(levels)}}
        send(demo, "/api/v1/ratings", tablets[counter], rating)
    for counter in ("1", "4", "5"):
        ticket = send(demo, f"/api/v1/counters/{counter}/call-next", made["counter"], {})
        send(demo, f"/api/v1/tickets/{ticket['id']}/start", made["counter"], {})
    return made


def studio(demo: Demo, browser: Browser, path: Path) -> None:
    """Half of the phrases of a call are recorded in Hrê."""
    hre = f"{demo.address}/api/v1/admin/voices/hre"
    headers = {"Authorization": f"Bearer {demo.admin_token}"}

    def put(address: str, body: bytes) -> None:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PUT"), timeout=30):
            pass

    put(hre, json.dumps({"speaker": "chị Hoa, thôn 3", "licence": "Xã nào cũng được dùng (CC BY 4.0)"}).encode())
    for n, key in enumerate(("invite", "counter", *(f"digit.{figure}" for figure in range(7)))):
        sounds = recording(spoken_s=0.4 + 0.08 * n, pitch=120 * 1.2**n)  # two takes that are alike are refused
        put(f"{hre}/phrases/{key}", sounds)
    page = shot(browser, f"{demo.address}/admin/voices#token={demo.admin_token}", (1366, 768), path, ".recorder")
    page.locator('nav a[href="#hre"]').click()
    page.locator('nav a.now[href="#hre"]').wait_for()
    page.screenshot(path=path)


def kiosk(demo: Demo, browser: Browser, folder: Path) -> None:
    """From the first screen to the slip."""
    shot(browser, f"{demo.address}/kiosk", (1080, 1920), folder / "kiosk-home.png", "main.home")
    page = browser.new_page(viewport={"width": 1080, "height": 1920}, locale="vi-VN")
    page.goto(f"{demo.address}/kiosk")
    touch(page, "main.home button.take", "main.services")
    page.screenshot(path=folder / "kiosk-service.png")
    touch(page, 'button.service[data-service="DD"]', "main.priority")
    touch(page, "main.priority button.take", "main.ticket")
    page.get_by_role("heading", name="Xin lấy phiếu").wait_for(timeout=60_000)
    page.screenshot(path=folder / "kiosk-ticket.png")
    shutil.copy(until("a slip", demo.papers)[-1], folder / "slip.png")
    wide = browser.new_page(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    wide.goto(f"{demo.address}/kiosk")
    touch(wide, "main.home button.take", "main.services")
    wide.screenshot(path=folder / "kiosk-wide.png")


def phone_and_filing(demo: Demo, browser: Browser, folder: Path, tokens: dict[str, str]) -> None:
    """A citizen's own telephone, and the PC on which citizens file dossiers themselves."""
    ticket = send(demo, "/api/v1/tickets", tokens["kiosk"], {"service": "HT"})
    shot(browser, f"{demo.address}/t/{ticket['public_token']}", (390, 844), folder / "phone.png", ".slip")
    address = f"{demo.address}/filing?locked=1#token={tokens['kiosk']}"
    shot(browser, address, (1366, 768), folder / "filing.png", ".portal")


def touch(page: Page, target: str, next_screen: str) -> None:
    page.locator(target).wait_for()
    page.wait_for_timeout(400)
    page.locator(target).click()
    page.locator(next_screen).wait_for()
    page.wait_for_timeout(800)


def counter(demo: Demo, browser: Browser, folder: Path, tokens: dict[str, str]) -> None:
    """The clerk's screen, then the tablet that asks when the visit is over."""
    shot(browser, f"{demo.address}/counter?counter=1", (1366, 768), folder / "console.png", "body")
    tablet = browser.new_page(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    tablet.goto(f"{demo.address}/tablet?counter=1")
    tablet.wait_for_timeout(1500)
    current = demo.get("/api/v1/counters/1", tokens["counter"])["ticket"]
    send(demo, f"/api/v1/tickets/{current['id']}/complete", tokens["counter"], {})
    tablet.locator("button.level").first.wait_for()
    tablet.wait_for_timeout(500)
    tablet.screenshot(path=folder / "tablet.png")


def administration(demo: Demo, browser: Browser, folder: Path) -> None:
    """Printers, voices, what is sent to the province."""
    token = demo.admin_token
    address, picture = f"{demo.address}/admin/printers#token={token}", folder / "printers.png"
    printers = shot(browser, address, (1366, 900), picture, ".shot")
    printers.locator(".trial").click()
    printers.locator(".tried .mark.well").wait_for(timeout=60_000)
    printers.screenshot(path=picture)
    studio(demo, browser, folder / "voices.png")
    shot(browser, f"{demo.address}/admin/sync#token={token}", (1366, 768), folder / "sync.png", ".line")


def figures(browser: Browser, data: Path, folder: Path) -> None:
    """Statistics and report of an office that has worked for weeks: the sample's random days."""
    environment = environment_for(data, printer_port=None) | {"MOTCUA__OFFICE__OPENING": "hours"}
    found_office(environment)
    motcua(environment, "sample", "random", "--days", "20")
    admin = motcua(environment, "token", "create", "--role", "admin", "--name", "pictures")
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    with serving(environment, {}) as office:
        picture = folder / "admin.png"
        address = f"http://127.0.0.1:{office.port}/admin#token={admin}"
        page = shot(browser, address, (1366, 768), picture, ".period")
        page.get_by_role("button", name="Tháng", exact=True).click()
        page.get_by_role("heading", name="Mức độ hài lòng").wait_for(timeout=60_000)
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
    report, first = data / "report.html", today - timedelta(days=28)
    motcua(
        environment,
        "report",
        "daily",
        "--from",
        f"{first}",
        "--to",
        f"{today}",
        "--format",
        "html",
        "--out",
        str(report),
    )
    shot(browser, report.resolve().as_uri(), (1000, 1300), folder / "report.png", "body")


def television(demo: Demo, folder: Path, tokens: dict[str, str]) -> None:
    """The board at rest and during a call."""
    demo.motcua("board", "--headless", "--snapshot", str(folder / "tv-board.png"))
    board = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kiosk.cli",
            "board",
            "--headless",
            "--snapshot",
            str(folder / "tv-call.png"),
            "--seconds",
            "8",
        ],
        env=demo.environment(),
    )
    until("the TV", lambda: demo.get("/api/v1/followers", demo.admin_token)["followers"])
    send(demo, "/api/v1/counters/3/call-next", tokens["counter"], {})
    board.wait(60)


def take(demo: Demo, browser: Browser, folder: Path) -> None:
    put_dossiers(demo)
    tokens = a_morning(demo)
    kiosk(demo, browser, folder)
    phone_and_filing(demo, browser, folder, tokens)
    counter(demo, browser, folder, tokens)
    administration(demo, browser, folder)
    television(demo, folder, tokens)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        (Path(data) / "weeks").mkdir()
        figures(browser, Path(data) / "weeks", folder)
        demo = Demo(Path(data) / "demo")
        try:
            take(demo, browser, folder)
        finally:
            demo.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
