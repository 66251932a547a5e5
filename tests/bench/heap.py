"""What a page itself holds: objects, texts and functions that something reaches; not what the browser keeps of its own
(compiled code, its cache of numbers as texts, what its tools remember of the network), which grows until it is warm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import CDPSession

OWN = {"object", "closure", "string", "concatenated string", "sliced string", "regexp", "number", "bigint", "array"}
ROOTS = "(Strong root list)"  # what hangs on these is the engine's


class Held(NamedTuple):
    """Bytes of the page's own and of the whole JavaScript heap."""

    own: int
    whole: int


def held(session: CDPSession) -> Held:
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return Held(_own_bytes(_snapshot(session)), int(metrics["JSHeapUsedSize"]))


def _snapshot(session: CDPSession) -> dict[str, Any]:
    parts: list[str] = []

    def take(event: dict[str, Any]) -> None:
        parts.append(event["chunk"])

    session.on("HeapProfiler.addHeapSnapshotChunk", take)
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.remove_listener("HeapProfiler.addHeapSnapshotChunk", take)
    snapshot: dict[str, Any] = json.loads("".join(parts))
    return snapshot


def _own_bytes(snapshot: dict[str, Any]) -> int:
    nodes, kinds = snapshot["nodes"], snapshot["snapshot"]["meta"]["node_types"][0]
    width = len(snapshot["snapshot"]["meta"]["node_fields"])
    engines = set(_of_roots(snapshot))
    return sum(nodes[at + 3] for at in range(0, len(nodes), width) if kinds[nodes[at]] in OWN and at not in engines)


def _of_roots(snapshot: dict[str, Any]) -> Iterator[int]:
    """Places of the nodes that hang on the engine's own roots."""
    nodes, edges, strings = snapshot["nodes"], snapshot["edges"], snapshot["strings"]
    meta = snapshot["snapshot"]["meta"]
    width, step, count = len(meta["node_fields"]), len(meta["edge_fields"]), meta["node_fields"].index("edge_count")
    edge = 0
    for at in range(0, len(nodes), width):
        last = edge + nodes[at + count] * step
        if strings[nodes[at + 1]] == ROOTS:
            yield from edges[edge + 2 : last : step]
        edge = last
