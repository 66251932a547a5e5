"""A thousand streams and two hundred slow clients, in figures: make soak."""

from __future__ import annotations

import pytest

from tests.bench import streams


@pytest.mark.soak
def test_a_thousand_idle_streams_cost_little_and_delay_nobody() -> None:
    assert streams.main() == 0
