"""What one person calls wrong and a second has yet to decide."""

from __future__ import annotations

from typing import NamedTuple


class OpenCorrection(NamedTuple):
    """`event`: the id of the event that is called wrong, at `seq` of `epoch`; `reason`: a code; `asked_at` in ms."""

    event: str
    epoch: str
    seq: int
    reason: str
    asked_by: str
    asked_at: int
