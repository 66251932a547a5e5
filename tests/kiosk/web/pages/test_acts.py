"""Whoever looks into the journal reads what was done in words, not the names of calls."""

from __future__ import annotations

import re

from kiosk.domain.persons import PERSON_ROLES
from kiosk.web.http.calls import CALLS
from kiosk.web.pages.sentences import page_sentences
from tests.sources import ROOT

SOURCE = (ROOT / "kiosk/web/static/admin/acts.js").read_text(encoding="utf-8")
WORDS = dict(re.findall(r'(\w+): "([^"]+)"', SOURCE))
NO_ACT = {"persons_post_own_second_factor"}  # nothing is kept of it


def test_every_act_of_a_person_has_words_in_both_languages() -> None:
    acts = {call.operation for call in CALLS if call.method != "GET" and call.roles & set(PERSON_ROLES)}
    assert set(WORDS) == acts - NO_ACT
    vietnamese = page_sentences("admin")
    assert [words for words in WORDS.values() if words not in vietnamese] == []
