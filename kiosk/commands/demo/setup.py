"""What the programs of the demonstration are started with: the sample office, every outside end on this machine."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import field
from pathlib import Path

from config.loading import SAMPLE, sample_text
from contract.records import dataclass
from kiosk.commands.demo.ports import remembered_ports

PORTS_FILE = "ports.json"
OFFICE = "Một cửa xã Ba Vì (chạy thử)"
SAMPLE_NOTICE = "Bản chạy thử: hồ sơ và số liệu các ngày trước là mẫu, không phải thật."


@dataclass
class DemoSetup:
    """Where the demonstration runs: its folder, ports and the environment of its programs."""

    data: Path
    ports: dict[str, int]
    environment: dict[str, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def address(self) -> str:
        return self.url("service")

    def url(self, name: str) -> str:
        return f"http://{self.listen(name)}"

    def listen(self, name: str) -> str:
        """HOST:PORT of this machine."""
        return f"127.0.0.1:{self.ports[name]}"


def prepare(data: Path, port: int | None, sample_until: str | None = None) -> DemoSetup:
    """The sample office with every outside end on this machine, open at any hour.

    `sample_until`: the last day of sample data (YYYY-MM-DD), None where there is none.
    """
    data.mkdir(parents=True, exist_ok=True)
    config = data / SAMPLE
    config.write_text(sample_text(), encoding="utf-8")
    ports, sentences = remembered_ports(data / PORTS_FILE, port)
    setup = DemoSetup(data, ports, sentences=sentences)
    tables = tomllib.loads(sample_text())
    notices = [{"id": "sample", "text": SAMPLE_NOTICE, "language": "vi"}, *tables["notice"]]
    printer = [{"name": "hall", "url": f"tcp://{setup.listen('printer')}", "profile": "epson-tm-t20"}]
    connector = [{"name": "tinh", "kind": "cloudevents", "url": f"{setup.url('onestop')}/events"}]
    setup.environment = {
        **os.environ,
        "MOTCUA_HOME": str(data),
        "MOTCUA_CONFIG": str(config),
        "MOTCUA__SERVER__BIND": setup.listen("service"),
        "MOTCUA__SERVER__PAIR_LOOPBACK": "true",
        "MOTCUA__SERVER__PUBLIC_URL": setup.address,
        "MOTCUA__OFFICE__OPENING": "always",
        "MOTCUA__OFFICE__NAME": OFFICE,
        "MOTCUA__NOTICE": json.dumps(notices),
        "MOTCUA__PRINTER": json.dumps(printer),
        "MOTCUA__SYNC__CONNECTOR": json.dumps(connector),
    }
    if sample_until is not None:
        setup.environment["MOTCUA__OFFICE__SAMPLE_UNTIL"] = sample_until
    return setup
