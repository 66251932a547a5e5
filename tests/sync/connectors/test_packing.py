"""How a batch is packed for its way: any receiver can open it, and many events take less room than gzip's own way."""

from __future__ import annotations

import gzip
from hashlib import sha256

import pytest

from sync.connectors.cloudevents_http import packed


def batch(events: int) -> bytes:
    """As batches are: words that come again and again, and hashes of which the next names the last."""
    digests = [sha256(str(number).encode()).hexdigest() for number in range(events + 1)]
    lines = (
        f'{{"type":"ticket.issued","seq":{n},"office":"ba-vi","prev_hash":"{digests[n]}","hash":"{digests[n + 1]}"}}'
        for n in range(events)
    )
    return f"[{','.join(lines)}]".encode()


@pytest.mark.parametrize("events", [1, 5, 19, 20, 500])
def test_what_is_packed_is_opened_again(events: int) -> None:
    whole = batch(events)
    assert gzip.decompress(packed(whole, events)) == whole
    assert packed(whole, events)[4:8] == bytes(4), "no time: the same batch is the same bytes"


@pytest.mark.parametrize("events", [1, 5, 19])
def test_a_few_events_are_no_larger_than_by_gzips_own_way(events: int) -> None:
    whole = batch(events)
    assert len(packed(whole, events)) <= len(gzip.compress(whole, 9, mtime=0))


def test_many_events_are_smaller_than_by_gzips_own_way() -> None:
    whole = batch(500)
    assert len(packed(whole, 500)) < 0.97 * len(gzip.compress(whole, 9, mtime=0))
