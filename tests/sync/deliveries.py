"""What a test asks after a delivery."""

from __future__ import annotations

from sync.agent import Agent
from sync.simulator.onestop import OneStop
from tests.sync.journal import OFFICE, Office


def run(agent: Agent, steps: int = 200) -> Agent:
    """Until everything is delivered; waits of the back-off are skipped."""
    for _ in range(steps):
        agent.run_once()
        if agent.settled:
            return agent
    raise AssertionError(f"not delivered: {agent.report.state} {agent.report.detail}")


def arrived(province: OneStop, *epochs: str) -> set[tuple[str, int, str]]:
    """(epoch, seq, hash) of what was stored; each once, in order."""
    rows = [row for epoch in epochs or ("e1",) for row in province.store.stored(OFFICE, epoch)]
    places = [(row["epoch"], row["seq"]) for row in rows]
    assert places == sorted(set(places))
    return {(row["epoch"], row["seq"], row["hash"]) for row in rows}


def same(province: OneStop, office: Office) -> bool:
    """Invariant I5: the receiver's set is the journal's, each once and in order."""
    return arrived(province, *office.epochs) == office.known()
