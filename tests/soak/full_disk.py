"""A running office on a disk that is filled and emptied; in a mount namespace:  python -m tests.soak.full_disk

Prints one JSON object of what was answered, and how many seconds after there was room again the office was ready.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.bench import programs as bench

DISK = "96m"
MOST_TICKETS = 3000


def send(office: bench.Office, role: str, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {office.tokens[role]}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{office.port}{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith(b"{") else {}
    except urllib.error.HTTPError as error:
        text = error.read()
        return error.code, json.loads(text) if text.startswith(b"{") else {}


def fill(file: Path) -> None:
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))


def story(office: bench.Office, filler: Path) -> dict[str, object]:
    for _ in range(5):
        assert send(office, "kiosk", "POST", "/api/v1/tickets", {"service": "HT"})[0] == 201
    while not (filler.parent / "space.reserve").exists():
        time.sleep(0.05)
    fill(filler)
    seen: dict[str, object] = {}
    for _ in range(MOST_TICKETS):
        status, body = send(office, "kiosk", "POST", "/api/v1/tickets", {"service": "HT"})
        if status != 201:
            seen["refused"] = [status, body.get("code")]
            break
    seen["ready_while_full"] = send(office, "kiosk", "GET", "/readyz")[0]
    seen["board"] = send(office, "kiosk", "GET", "/api/v1/board")[1].get("storage_fault")
    seen["called"] = [
        send(office, "counter", "POST", "/api/v1/counters/1/call-next", {"finish_current": "complete"})[0]
        for _ in range(4)
    ]
    seen["issue_again"] = send(office, "kiosk", "POST", "/api/v1/tickets", {"service": "HT"})[1].get("code")
    filler.unlink()
    began = time.perf_counter()
    while send(office, "kiosk", "GET", "/readyz")[0] != 200 and time.perf_counter() - began < 60:
        time.sleep(0.1)
    seen["recovered_s"] = round(time.perf_counter() - began, 1)
    seen["issued_after"] = send(office, "kiosk", "POST", "/api/v1/tickets", {"service": "HT"})[0]
    return seen


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True)
        try:
            environment = bench.environment_for(folder, None)
            tokens = bench.found_office(environment)
            with bench.serving(environment, tokens) as office:
                seen = story(office, folder / "filler")
            seen["verify"] = bench.motcua(environment, "verify").splitlines()[-1].partition(";")[0]
            print(json.dumps(seen))
        finally:
            subprocess.run(["umount", "-l", folder], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
