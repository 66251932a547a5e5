"""What the service's process may hold."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

TOLD = """
import gc, resource
print(gc.get_threshold())
import kiosk
print(gc.get_threshold())
from kiosk.maintenance.process_limits import all_is_loaded, set_limits
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
set_limits()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
all_is_loaded(kiosk.WHILE_SERVING)
print(gc.get_threshold(), gc.get_freeze_count() > 1000)
"""


@pytest.fixture(scope="module")
def told() -> list[str]:
    """In a process of its own: limits stay."""
    run = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_while_it_loads_rubbish_is_looked_for_seldom_and_then_as_python_does_it(told: list[str]) -> None:
    before, loading, _, serving = told
    assert loading == "(10000, 20, 20)"
    assert serving == f"{before} True", "what was loaded is looked through no more"


def test_it_may_hold_as_many_descriptors_as_its_bounds_need(told: list[str]) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(told[2]) == (8192 if hard == resource.RLIM_INFINITY or hard > 8192 else hard)
