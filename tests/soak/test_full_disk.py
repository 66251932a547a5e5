"""A disk that is really full: no number is lost or promised, who waits is served, and the office recovers by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.soak
def test_a_full_disk_stops_numbers_and_nothing_else_and_ends_within_ten_seconds() -> None:
    command = ["unshare", "-rm", sys.executable, "-m", "tests.soak.full_disk"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["refused"] == [503, "storage-full"]
    assert seen["issue_again"] == "storage-full"
    assert seen["ready_while_full"] == 503
    assert seen["board"] == "full"
    assert set(seen["called"]) == {200}, "the reserve was given up for those who have a number"
    assert seen["recovered_s"] <= 10
    assert seen["issued_after"] == 201
    assert seen["verify"] == "0 differences"
