"""The follower's drain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import filler, house

EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = house.environment_for(folder, None)
        port = house.free_port()
        environment["MOTCUA__SYNC__CONNECTOR"] = json.dumps([{"name": "tinh", "url": f"http://127.0.0.1:{port}/events"}])
        tokens = house.found_office(environment)
        filler.fill(environment, EVENTS)
        receiver = subprocess.Popen([sys.executable, "-m", "kiosk.cli", "simulate", "onestop", "--listen", f"127.0.0.1:{port}", "--data", str(folder / "up")], env=environment, cwd=house.ROOT)
        with house.serving(environment, tokens) as office:
            house.wait_for(port, "/", receiver)
            t = time.perf_counter()
            p = subprocess.Popen([sys.executable, "-m", "kiosk.cli", "sync", "--once"], env=environment, cwd=house.ROOT)
            _, status, usage = os.wait4(p.pid, 0)
            took = time.perf_counter() - t
            print(status, EVENTS / took, "events/s", usage.ru_utime + usage.ru_stime, "cpu", usage.ru_maxrss / 1024, "MiB")
            print(Path(f"/proc/{receiver.pid}/stat").read_text().split()[13:15], Path(f"/proc/{office.process.pid}/stat").read_text().split()[13:15])
        house.end(receiver)
    return 0


if __name__ == "__main__":
    sys.exit(main())
