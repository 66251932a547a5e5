"""The demonstration's ports: the same in every run, another with a sentence when one is taken."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from kiosk.commands.demo.ports import NAMES, free_port, is_free, remembered_ports


def test_ports_are_remembered(tmp_path: Path) -> None:
    first, told = remembered_ports(tmp_path / "ports.json", free_port())
    assert set(first) == {*NAMES, "service"} and told == []
    assert remembered_ports(tmp_path / "ports.json", None) == (first, [])


def test_a_port_that_is_taken_is_changed_with_a_sentence_and_remembered(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first, _ = remembered_ports(file, free_port())
    with socket.create_server(("127.0.0.1", first["onestop"])):
        assert not is_free(first["onestop"])
        second, told = remembered_ports(file, None)
    assert second["onestop"] != first["onestop"]
    assert {name: port for name, port in second.items() if name != "onestop"} == {
        name: port for name, port in first.items() if name != "onestop"
    }
    assert len(told) == 1 and str(first["onestop"]) in told[0] and str(second["onestop"]) in told[0]
    assert remembered_ports(file, None) == (second, [])


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"printer": "x", "onestop": 0, "faults": 99999})])
def test_a_file_that_holds_no_ports_is_written_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ports.json"
    file.write_text(text, encoding="utf-8")
    ports, told = remembered_ports(file, free_port())
    assert all(0 < port < 65536 for port in ports.values()) and told == []
    assert json.loads(file.read_text(encoding="utf-8")) == ports
