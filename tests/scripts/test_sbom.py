"""The bill of materials says what the lock says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts.locked import locked
from scripts.sbom import bill, main
from tests.sources import ROOT

A, B, C = "a" * 64, "b" * 64, "c" * 64
LOCK = f"""\
flask==3.1.3 \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
    # via motcua-kiosk (setup.cfg)
wheel==0.48.0 \\
    --hash=sha256:{C}
    # via
    #   -r requirements-build.in
    #   flask

# The following packages are considered to be unsafe in a requirements file:
"""


def test_a_lock_is_read_with_hashes_and_who_asks() -> None:
    flask, wheel = locked(LOCK)
    assert (flask.name, flask.version, flask.hashes, flask.via) == (
        "flask",
        "3.1.3",
        [A, B],
        ["motcua-kiosk (setup.cfg)"],
    )
    assert (wheel.hashes, wheel.via) == ([C], ["-r requirements-build.in", "flask"])
    with pytest.raises(ValueError, match="flask>=3"):
        locked("flask>=3")


def test_the_bill_names_packages_hashes_and_who_needs_whom() -> None:
    made = bill(locked(LOCK), "0.1.0")
    assert (made["bomFormat"], made["specVersion"], made["metadata"]["component"]["version"]) == (
        "CycloneDX",
        "1.6",
        "0.1.0",
    )
    assert [one["purl"] for one in made["components"]] == ["pkg:pypi/flask@3.1.3", "pkg:pypi/wheel@0.48.0"]
    assert made["components"][1]["hashes"] == [{"alg": "SHA-256", "content": C}]
    assert made["dependencies"] == [
        {"ref": "motcua-kiosk", "dependsOn": ["pkg:pypi/flask@3.1.3", "pkg:pypi/wheel@0.48.0"]},
        {"ref": "pkg:pypi/flask@3.1.3", "dependsOn": ["pkg:pypi/wheel@0.48.0"]},
        {"ref": "pkg:pypi/wheel@0.48.0", "dependsOn": []},
    ]


def test_the_bill_of_the_product_holds_every_line_of_the_lock(tmp_path: Path) -> None:
    target = tmp_path / "build" / "sbom.cdx.json"
    assert main([str(target)]) == 0
    made = json.loads(target.read_text(encoding="utf-8"))
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^(\S+)==(\S+)", text, re.MULTILINE)
    assert len(pinned) > 40
    assert [(one["name"], one["version"]) for one in made["components"]] == pinned
    hashes = [digest["content"] for one in made["components"] for digest in one["hashes"]]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", text)
    needed = {ref for one in made["dependencies"] for ref in one["dependsOn"]}
    assert needed == {one["bom-ref"] for one in made["components"]}, "nothing is there that nobody needs"


def test_without_a_file_to_write_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "build/sbom.cdx.json" in capsys.readouterr().err
