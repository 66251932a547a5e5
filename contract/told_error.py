"""An error that is told to people: a sentence of the catalogues and what fills its places."""

from __future__ import annotations


class ToldError(Exception):
    """As a text it is English, for logs; `reason` and `facts` make the sentence in another language.

    A fact may be an error itself, whose own sentence stands there.
    """

    def __init__(self, reason: str, /, **facts: object) -> None:
        super().__init__(reason.format(**facts) if facts else reason)
        self.reason, self.facts = reason, facts
