"""A private PostgreSQL server on loopback for the tests, with a database a test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

START_S = 30.0


def programs() -> Path:
    """The folder of initdb and postgres of the newest installed version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("PostgreSQL is not installed; run make test, which installs it")
    return found[-1].parent


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def private_server() -> Iterator[str]:
    """The URL of a running server without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    initdb = [
        *_as_postgres(),
        programs() / "initdb",
        "-D",
        data,
        "-U",
        "motcua",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/")
    server = subprocess.Popen(  # -F: it waits for no disk; its data live as long as the tests
        [*_as_postgres(), programs() / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, "-F"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        _wait(port)
        yield f"motcua@127.0.0.1:{port}"
    finally:
        stop = [*_as_postgres(), programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, check=False, cwd="/")
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, template: str = "template1") -> str:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(f"postgresql://{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
    return f"postgresql+psycopg://{server}/{name}"


def _wait(port: int) -> None:
    began = time.monotonic()
    while time.monotonic() - began < START_S:
        try:
            psycopg.connect(f"postgresql://motcua@127.0.0.1:{port}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("the private PostgreSQL server did not start")
