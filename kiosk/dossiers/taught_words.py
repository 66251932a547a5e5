"""The file in which an office's words for columns, statuses and channels are kept, and what they mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from config import places
from config.followers import DossierColumn
from kiosk.domain.dossier_words import KINDS, MOST_LETTERS, MOST_WORDS, WordKind, WordMeaning, WordsRefused
from kiosk.i18n.system_words import refusal_of_system
from sync.dossiers.text_keys import clean_text, key_of
from sync.dossiers.vocabulary import DossierVocabulary, shipped_words
from sync.wording import translate

FILE = "dossier-words.json"
Taught = Mapping[WordKind, Mapping[str, Sequence[str]]]
TITLES: dict[WordKind, str] = {"columns": "column {key}", "statuses": "status {key}", "channels": "channel {key}"}


class TaughtWords:
    """One file in the state folder; nothing is taught where it is missing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or places.home()) / FILE

    def meanings(self) -> list[WordMeaning]:
        """Every meaning that words can have, in the order of the vocabulary. Raises WordsRefused."""
        taught, known = self._read(), _known()
        return [
            WordMeaning(kind, key, translate(TITLES[kind].format(key=key)), known[kind][key], taught[kind].get(key, ()))
            for kind in KINDS
            for key in known[kind]
        ]

    def keep(self, taught: Taught) -> None:
        """In place of all that was taught. Raises WordsRefused."""
        checked = _checked(taught)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(checked, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            raise WordsRefused(f"{self._path}: {refusal_of_system(error)}") from error

    def added_to(self, vocabulary: DossierVocabulary) -> DossierVocabulary:
        """The vocabulary with these words before its own. Raises WordsRefused."""
        taught = self._read()
        return vocabulary.with_words(
            taught["columns"].items(),
            _by_word(taught["statuses"]),
            _by_word(taught["channels"]),
            vocabulary.default_channel,
        )

    def _read(self) -> dict[WordKind, dict[str, list[str]]]:
        try:
            data: Any = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            data = {}
        except (OSError, ValueError) as error:
            raise WordsRefused(f"{self._path}: {error}") from error
        if not isinstance(data, dict):
            raise WordsRefused(f"{self._path}: no table of words")
        return _checked({kind: data.get(kind, {}) for kind in KINDS})


def _known() -> dict[WordKind, dict[str, Sequence[str]]]:
    words = shipped_words()
    columns: dict[str, Sequence[str]] = {name: words["columns"][name] for name in get_args(DossierColumn)}
    return {"columns": columns, "statuses": dict(words["status"]), "channels": dict(words["channel"])}


def _checked(taught: Taught) -> dict[WordKind, dict[str, list[str]]]:
    """Raises WordsRefused."""
    known = _known()
    checked: dict[WordKind, dict[str, list[str]]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        meaning_of: dict[str, str] = {}
        for key, words in taught.get(kind, {}).items():
            if key not in known[kind]:
                raise WordsRefused(f'there is no meaning "{key}" of {kind}')
            checked[kind][key] = cleaned = [clean_text(word) for word in words if clean_text(word)]
            if len(cleaned) > MOST_WORDS or any(len(word) > MOST_LETTERS for word in cleaned):
                raise WordsRefused(translate(TOO_MANY, title=translate(TITLES[kind].format(key=key)), most=MOST_WORDS))
            for word in cleaned:
                if meaning_of.setdefault(key_of(word), key) != key:
                    raise WordsRefused(translate(TWO_MEANINGS, word=word))
    return checked


TOO_MANY = "{title}: at most {most} words of 100 letters each"
TWO_MEANINGS = "“{word}” cannot mean two things; take it away in one place"


def _by_word(words_of: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in words_of.items() for word in words}
