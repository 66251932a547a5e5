"""SQLAlchemy works without asyncio, and whoever asks for it gets the real one. In a process of its own each."""

from __future__ import annotations

import subprocess
import sys

import pytest

SELECT = """
import sys
import kiosk.store.engine
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
connection = create_engine("sqlite://").connect()
assert connection.execute(text("SELECT 1")).scalar() == 1
"""
IS_LATE = "assert 'asyncio.events' not in sys.modules, 'asyncio was loaded'\n"
IS_REAL = "assert sys.modules['asyncio'].events is sys.modules['asyncio.events']\n"


@pytest.mark.parametrize(
    "program",
    [
        SELECT + IS_LATE,
        SELECT + "import asyncio\nassert asyncio.run(asyncio.sleep(0, 7)) == 7\n" + IS_REAL,
        SELECT + "from asyncio import Queue\nassert Queue(3).maxsize == 3\n" + IS_REAL,
        SELECT + "import asyncio.queues\nassert asyncio.queues.Queue(3).maxsize == 3\n" + IS_REAL,
        SELECT + "import sqlalchemy.util.concurrency as late\nassert late.asyncio.CancelledError\n" + IS_REAL,
        "import asyncio, sys\nbefore = asyncio\n" + SELECT + "assert sys.modules['asyncio'] is before\n",
        SELECT
        + "try:\n    connection.execute(text('SELECT nothing FROM nowhere'))\nexcept OperationalError as error:\n"
        + "    assert 'nowhere' in str(error)\nelse:\n    raise AssertionError\n",
    ],
    ids=["select", "import", "from", "submodule", "sqlalchemy", "imported before", "an error of the database"],
)
def test_a_program_with_a_database(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
