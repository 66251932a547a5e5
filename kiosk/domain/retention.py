"""How long what is not in the journal is kept. All in ms."""

from __future__ import annotations

HOUR = 3600_000
DAY = 24 * HOUR

WORDS_KEPT = 30 * DAY  # comments, notes, reasons, words of devices; calls for help
ANSWERS_KEPT = 2 * DAY  # of calls with an Idempotency-Key, which may be repeated
RATING_TOKENS_KEPT = 31 * DAY  # a ticket may be rated for minutes; a rating may lie on a phone or kiosk for 30 days
SESSIONS_KEPT = 0  # behind their end
FAILURES_KEPT = 1 * DAY  # wrong PINs and passwords, behind the end of the lock
