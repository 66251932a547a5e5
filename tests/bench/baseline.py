"""The baseline: a bare Flask and waitress handler doing one raw SQLite commit (WAL, FULL) per POST."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pysqlite3
from flask import Flask, Response, request
from waitress.server import create_server


def main(folder: str) -> None:
    connection = pysqlite3.connect(Path(folder) / "baseline.db", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT)")
    lock = threading.Lock()
    app = Flask("baseline")

    @app.post("/rows")
    def add() -> Response:
        body = json.loads(request.get_data())
        with lock:
            connection.execute("INSERT INTO rows (body) VALUES (?)", (json.dumps(body),))
        return Response('{"ok": true}', 201, content_type="application/json")

    server = create_server(app, host="127.0.0.1", port=0, threads=8, ident=None)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
