"""Asking a person at the terminal, or nobody: then every answer is the careful one."""

from __future__ import annotations

import select
import sys


def words(text: str, **values: object) -> str:
    """A sentence about printers, in Vietnamese."""
    from kiosk.i18n.catalogues import translate

    return translate(text).format(**values)


class Talk:
    """`asks`: whether somebody sits there."""

    def __init__(self, asks: bool) -> None:
        self._asks = asks

    @property
    def asks(self) -> bool:
        return self._asks

    def say(self, text: str, **values: object) -> None:
        print(words(text, **values), flush=True)

    def yes(self, question: str, careful: bool = False) -> bool:
        """An empty answer is no; `careful` is the answer when nobody sits there."""
        return self._answer(f"{words(question)} [c/k] ")[:1] in {"c", "y"} if self._asks else careful

    def number(self, question: str, usual: int, least: int, most: int) -> int:
        """An empty answer is the usual one; asks again until it lies between `least` and `most`."""
        while self._asks:
            typed = self._answer(f"{words(question)} [{usual}] ")
            if not typed:
                return usual
            if typed.isdigit() and least <= int(typed) <= most:
                return int(typed)
            self.say("Please type a number from {least} to {most}.", least=least, most=most)
        return usual

    def number_if_known(self, question: str, **values: object) -> int | None:
        """None for an empty answer, or when nobody sits there; asks again until it is a number."""
        while self._asks:
            typed = self._answer(f"{words(question, **values)} ")
            if not typed:
                return None
            if typed.isdigit():
                return int(typed)
            self.say("Please type a number, or only Enter.")
        return None

    def choice(self, question: str, usual: str, values: dict[str, str]) -> str:
        """One of the values of `known` by its key; an empty or unknown answer is the usual one."""
        return values.get(self._answer(f"{words(question)} ")[:1], usual) if self._asks else usual

    def wants_on(self) -> bool:
        """Whether Enter was pressed: the person will not wait any longer."""
        if not self._asks or not select.select([sys.stdin], [], [], 0)[0]:
            return False
        sys.stdin.readline()
        return True

    def _answer(self, prompt: str) -> str:
        print(prompt, end="", flush=True)
        return sys.stdin.readline().strip().lower()
