#!/usr/bin/env python3
"""Writes the software bill of materials of what is shipped, CycloneDX 1.6 as JSON, from requirements.txt: sbom.py FILE.

The same lock gives the same bytes: there is neither a date nor a random number in it.
"""

from __future__ import annotations

import json
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.locked import LOCK, LockedPackage, locked  # noqa: E402

OURS = "motcua-kiosk"


def product_version() -> str:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return setup["metadata"]["version"]


def bill(packages: list[LockedPackage], version: str) -> dict[str, Any]:
    """The bill: each locked package with the hashes of its files, and who needs whom."""
    refs = {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in packages}
    needs: dict[str, list[str]] = {OURS: [], **{ref: [] for ref in refs.values()}}
    for one in packages:
        for asker in one.via:
            needs[refs.get(asker, OURS)].append(refs[one.name])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OURS,
                "name": OURS,
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [_component(one, refs[one.name]) for one in packages],
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(needed))} for ref, needed in needs.items()],
    }


def _component(one: LockedPackage, ref: str) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": digest} for digest in one.hashes]
    return {
        "type": "library",
        "bom-ref": ref,
        "name": one.name,
        "version": one.version,
        "purl": ref,
        "scope": "required",
        "hashes": hashes,
    }


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Give the file to write: scripts/sbom.py build/sbom.cdx.json", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    made = bill(locked(LOCK.read_text(encoding="utf-8")), product_version())
    target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(made['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
