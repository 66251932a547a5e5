"""A real nginx before a service, by the example that offices are given."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "systemd" / "nginx" / "motcua.conf"
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
START_S = 20.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Nginx:
    """`hall`, `staff`: ports of the service; `tls`: folder of the certificate. It runs until `close`.

    Everything of the example but its ports and folder stays as it is.
    """

    def __init__(self, folder: Path, tls: Path, hall: int, staff: int) -> None:
        self.hall_port, self.staff_port = _free_port(), _free_port()
        moved = {
            "listen 443 ssl;": f"listen 127.0.0.1:{self.hall_port} ssl;",
            "listen 8443 ssl;": f"listen 127.0.0.1:{self.staff_port} ssl;",
            "server 127.0.0.1:8080;": f"server 127.0.0.1:{hall};",
            "server 127.0.0.1:8444;": f"server 127.0.0.1:{staff};",
        }
        text = EXAMPLE.read_text(encoding="utf-8").replace("/var/lib/motcua/tls", str(tls))
        for one, other in moved.items():
            assert text.count(one) == 1, one
            text = text.replace(one, other)
        assert not re.search(r"/var/lib|/etc", re.sub("#.*", "", text))
        (folder / "motcua.conf").write_text(text, encoding="utf-8")
        temporary = "".join(
            f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "" if os.geteuid() else "user root;\n"  # whose folder this is
        (folder / "nginx.conf").write_text(
            f"{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
            f"events {{ worker_connections 512; }}\n"
            f"http {{\n  access_log off;\n{temporary}  include {folder}/motcua.conf;\n}}\n",
            encoding="utf-8",
        )
        self._command = [PROGRAM, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        self._process = subprocess.Popen(self._command)
        self._wait()

    def reload(self) -> None:
        """As after a renewal. Connections that are open go on; whoever comes later meets the new certificate."""
        subprocess.run([*self._command, "-s", "reload"], check=True, timeout=START_S)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(START_S)

    def _wait(self) -> None:
        ends = time.monotonic() + START_S
        while time.monotonic() < ends:
            try:
                socket.create_connection(("127.0.0.1", self.hall_port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("nginx does not listen")
