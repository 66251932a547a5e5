"""What is forgotten, and when: everything about people that is not in the journal has an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import retention

if TYPE_CHECKING:
    from kiosk.actions.ports import PurgeableTables


def purge(tables: PurgeableTables, now: int) -> int:
    """Forget what has been kept long enough; how many rows. `now` in ms since 1970."""
    words_until = now - retention.WORDS_KEPT
    return sum(
        (
            tables.free_texts.purge(words_until),
            tables.tickets.forget_words(words_until),
            tables.help_requests.purge(words_until),
            tables.answers.purge(now - retention.ANSWERS_KEPT),
            tables.ratings.purge_tokens(now - retention.RATING_TOKENS_KEPT),
            tables.sessions.purge(now - retention.SESSIONS_KEPT),
            tables.pin_failures.purge(now - retention.FAILURES_KEPT),
            tables.pairings.purge(now - retention.ANSWERS_KEPT),
            tables.person_sessions.purge(now - retention.SESSIONS_KEPT),
        )
    )
