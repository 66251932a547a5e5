"""How long what is about people is kept."""

from __future__ import annotations

from kiosk.domain import retention

DAY = 86_400_000  # ms


def test_words_are_kept_for_a_month_answers_for_two_days_and_tokens_of_ratings_for_one() -> None:
    assert retention.WORDS_KEPT == 30 * DAY
    assert retention.ANSWERS_KEPT == 2 * DAY
    assert (retention.RATING_TOKENS_KEPT, retention.FAILURES_KEPT) == (31 * DAY, DAY)
    assert retention.SESSIONS_KEPT == 0
