"""The rule that gives printers a name that stays: each line is of udev's grammar, and every path through it ends."""

from __future__ import annotations

import re
from pathlib import Path

RULES = Path(__file__).resolve().parents[2] / "systemd" / "70-motcua-printer.rules"
PAIR = re.compile(r'\s*([A-Z]+(?:\{[A-Za-z_]+\})?)(==|!=|\+=|=)"([^"]*)"\s*(?:,|$)')
MATCHES = {"ACTION", "SUBSYSTEM", "SUBSYSTEMS", "KERNEL", "ENV"}
ACTS = {"GOTO", "LABEL", "IMPORT", "ENV", "GROUP", "MODE", "SYMLINK"}


def rules() -> list[list[tuple[str, str, str]]]:
    lines = [line for line in RULES.read_text(encoding="ascii").splitlines() if line and not line.startswith("#")]
    for line in lines:
        assert PAIR.sub("", line) == "", f"not udev's grammar: {line}"
    return [PAIR.findall(line) for line in lines]


def walk(device: dict[str, str]) -> dict[str, str]:
    """What the rule does with a device: keys that it sets, as udev would go through the file."""
    done: dict[str, str] = {}
    wanted = None
    for rule in rules():
        label = next((value for key, _, value in rule if key == "LABEL"), None)
        if wanted is not None and label != wanted:
            continue
        wanted = None
        if all(holds(device, key, value) for key, sign, value in rule if sign == "=="):
            for key, sign, value in rule:
                if sign != "==" and key not in {"LABEL", "GOTO"}:
                    done[key] = value.replace("$env{ID_SERIAL_SHORT}", device.get("ENV{ID_SERIAL_SHORT}", ""))
            wanted = next((value for key, _, value in rule if key == "GOTO"), None)
    assert wanted is None or wanted in {value for rule in rules() for key, _, value in rule if key == "LABEL"}
    return done


def holds(device: dict[str, str], key: str, pattern: str) -> bool:
    from fnmatch import fnmatchcase

    return any(fnmatchcase(device.get(key, ""), one) for one in pattern.split("|"))


def test_every_key_is_one_that_udev_knows() -> None:
    for rule in rules():
        for key, sign, _ in rule:
            assert key.partition("{")[0] in (MATCHES if sign == "==" else ACTS)


def test_an_adapter_has_the_same_name_wherever_it_is_plugged_in_and_is_no_modem() -> None:
    names = set()
    for name in ("ttyUSB0", "ttyUSB7", "ttyACM1"):
        done = walk({"SUBSYSTEM": "tty", "SUBSYSTEMS": "usb", "KERNEL": name, "ENV{ID_SERIAL_SHORT}": "A50285BI"})
        names.add(done["SYMLINK"])
        assert (done["GROUP"], done["MODE"], done["ENV{ID_MM_DEVICE_IGNORE}"]) == ("dialout", "0660", "1")
    assert names == {"motcua/printer-A50285BI"}


def test_a_usb_printer_has_its_name_too_and_other_devices_are_left_alone() -> None:
    printer = {"SUBSYSTEM": "usbmisc", "KERNEL": "lp1", "ENV{ID_SERIAL_SHORT}": "J4UF"}
    assert walk(printer)["SYMLINK"] == "motcua/printer-J4UF"
    assert walk(printer)["GROUP"] == "lp"
    assert "SYMLINK" not in walk(printer | {"ENV{ID_SERIAL_SHORT}": ""})
    assert walk({"SUBSYSTEM": "tty", "SUBSYSTEMS": "pci", "KERNEL": "ttyS0"}) == {}
    assert walk(printer | {"ACTION": "remove"}) == {}
