"""docs/one-stop-openapi.yaml is true of what offices send and of what the simulated one-stop system answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
import requests
import yaml

from contract.envelope import cloud_event, source_of
from kiosk.domain.dossier import dossier_data
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from sync.receiver.conformance.run import CHECKS
from sync.simulator.onestop import OneStop
from tests.office import sample_configuration
from tests.sync.journal import OFFICE, Office

ROOT = Path(__file__).resolve().parents[3]
DESCRIPTION = ROOT / "docs" / "one-stop-openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))


def fits(name: str, value: Any) -> None:
    """Raises when `value` is not what the description says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    jsonschema_rs.validate(schema, value, validate_formats=True)


def url(province: OneStop, path: str) -> str:
    return f"http://127.0.0.1:{province.port}{path}"


def test_what_an_office_sends_is_described(office: Office) -> None:
    office.happen(3)
    for event in office.epochs["e1"]:
        fits("CloudEvent", cloud_event(event))
    with pytest.raises(jsonschema_rs.ValidationError):
        fits("CloudEvent", {**cloud_event(office.epochs["e1"][0]), "sequence": "1"})


def test_what_the_simulated_system_answers_is_described(office: Office, province: OneStop) -> None:
    source = source_of(OFFICE, "e1")
    unknown = requests.get(url(province, "/events/cursor"), params={"source": source}, timeout=10).json()
    fits("Receipt", unknown)
    office.happen(3)
    province.fail("refuse", 1, seq=2)
    headers = {"Content-Type": "application/cloudevents-batch+json"}
    batch = [cloud_event(event) for event in office.epochs["e1"]]
    receipt = requests.post(url(province, "/events"), json=batch, headers=headers, timeout=10).json()
    fits("Receipt", receipt)
    assert receipt["refused"] and receipt["accepted_through"] == 3 and unknown["epoch"] is None
    kinds = [SampleProcedure(procedure.code, procedure.field) for procedure in sample_configuration("").procedure]
    rows = dossiers(kinds, ZoneInfo("Asia/Ho_Chi_Minh"))
    province.store.put_dossiers(OFFICE, [dossier_data(row) for row in rows])
    page = requests.get(url(province, "/dossiers"), params={"office": OFFICE, "after": 0}, timeout=10).json()
    fits("Dossiers", page)
    assert len(page["dossiers"]) == 500
    fits("Reading", requests.post(url(province, "/bundles"), data=b"Kinh gui", timeout=10).json())


def test_every_reason_for_refusing_a_bundle_is_described() -> None:
    described = set(DOCUMENT["components"]["schemas"]["Reading"]["properties"]["code"]["enum"])
    raised: set[str] = set()
    for name in ("bundles/format/frames", "receiver/bundle_check", "receiver/bundle_receiver"):
        text = (ROOT / "sync" / f"{name}.py").read_text(encoding="utf-8")
        raised |= set(re.findall(r'BundleError\(\s*"([a-z-]+)"', text))
    assert described == raised | {"taken"}
    guide = (ROOT / "docs" / "for-the-one-stop-side.md").read_text(encoding="utf-8")
    assert [code for code in raised if f"`{code}`" not in guide] == []
    named = set(re.findall(r"\(`([a-z-]+)`\)", guide))
    assert named and named <= {check.code for check in CHECKS}


def test_the_simulated_system_answers_as_described_whatever_is_sent(province: OneStop, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            str(DESCRIPTION),
            "--url",
            url(province, ""),
            "--exclude-path",
            "/bundles",
            "--max-examples",
            "10",
            "--seed",
            "1",
            "--workers",
            "1",
            "--no-color",
            "--exclude-checks",
            "positive_data_acceptance,missing_required_header,unsupported_method,use_after_free,ignored_auth",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
