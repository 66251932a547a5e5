"""Which calls share a commit, and what is answered when that commit fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from kiosk.store.store import Store
from kiosk.web.http.calls import CALLS, QUICK_BYTES, CallDeclaration
from kiosk.web.http.errors import commit_error_response
from kiosk.web.http.host_check import HostCheck
from kiosk.web.wsgi.batch_thread import Together

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PARAMETER = re.compile(r"<[^>]+>")


class CommitBatching:
    """Of the declared calls: each action in the journal is quick and writes, unless its body may be long."""

    def __init__(self, store: Store, trusted_hosts: frozenset[str]) -> None:
        self._store = store
        self._trusted_hosts = trusted_hosts
        shared = [_pattern(declared) for declared in CALLS if shares_commit(declared)]
        self._shared = re.compile("|".join(shared)).fullmatch

    def takes(self, environ: Mapping[str, Any]) -> bool:
        if environ["REQUEST_METHOD"] == "GET" or int(environ.get("CONTENT_LENGTH") or 0) > QUICK_BYTES:
            return False
        return self._shared(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}") is not None

    def together(self) -> AbstractContextManager[Together]:
        return self._store.together()

    def failed(self, failure: BaseException) -> WSGIApplication:
        return HostCheck(commit_error_response(failure), self._trusted_hosts)


def shares_commit(declared: CallDeclaration) -> bool:
    return declared.writes and declared.journaled and not declared.is_long


def _pattern(declared: CallDeclaration) -> str:
    plain = map(re.escape, PARAMETER.split(declared.path))
    return f"{declared.method} {'[^/]+'.join(plain)}"
