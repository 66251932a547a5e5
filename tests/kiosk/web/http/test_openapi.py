"""The published description is true of the running service, for every role and on both databases (schemathesis)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laid_tables import laid_database
from tests.office import OfficeStory

LONG = pytest.mark.soak  # half a minute a role
PERSONS = [pytest.param(role, marks=LONG) for role in ("head", "technician", "reader")]
ROLES = [
    "kiosk",
    "counter",
    "admin",
    *(pytest.param(role, marks=LONG) for role in ("tablet", "sync", "board", "report")),
    *PERSONS,
]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=LONG)])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, OfficeStory]]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    url = f"sqlite:///{folder / 'motcua.db'}"
    if request.param == "postgresql":
        url = laid_database(request.getfixturevalue("postgres_server"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        office = OfficeStory(url)
        yield f"http://127.0.0.1:{office.service.start()}", office
        office.service.close()


@pytest.mark.parametrize("role", ROLES)
def test_the_service_answers_as_its_description_says(
    served: tuple[str, OfficeStory], role: str, tmp_path: Path
) -> None:
    url, office = served
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{url}/api/v1/openapi.json",
            "-H",
            f"Authorization: Bearer {office.token(role)}",
            "--exclude-path",
            "/api/v1/stream",
            "--exclude-path",
            "/api/v1/public/stream/{token}",
            "--exclude-path",
            "/api/v1/admin/session",  # signing out would end the session that all other calls are made with
            "--request-timeout",
            "60",  # some look at the whole machine, or at the whole journal
            "--max-examples",
            "8",
            "--seed",
            "1",
            "--workers",
            "1",
            "--no-color",
            "--exclude-checks",
            "positive_data_acceptance,missing_required_header,unsupported_method,use_after_free",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=480,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
