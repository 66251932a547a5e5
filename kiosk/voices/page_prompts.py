"""What a page is told of the voices: which words it can say in which language, and the clips for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256

from config.schema import Configuration
from display_board.voices.packs import Pack
from display_board.voices.phrases import NUMBER_PARTS, Manner, written
from display_board.voices.settings import Settings
from kiosk.voices.prompts import VIETNAMESE, Prompt, for_page, prompts


class PagePrompts:
    """`shown` gives the English sentences of the citizens' pages. Phrases are made when they are first asked for."""

    def __init__(self, configuration: Configuration, manner: Manner, shown: Callable[[], Collection[str]]) -> None:
        self._configuration = configuration
        self._manner = manner
        self._shown = shown
        self._all: tuple[Prompt, ...] | None = None

    @property
    def all(self) -> tuple[Prompt, ...]:
        if self._all is None:
            self._all = prompts(self._configuration, self._shown())
        return self._all

    def texts(self, language: str) -> dict[str, str]:
        """Each phrase of a language with its words, none twice: what is written alike is said alike, also in calls."""
        texts: dict[str, str] = {}
        seen = {text.casefold() for text in self._numbers(language).values()}
        for prompt in self.all:
            text = prompt.text(language)
            if text is not None and text.casefold() not in seen:
                seen.add(text.casefold())
                texts[prompt.key] = text
        return texts

    def published(
        self,
        settings: Settings,
        packs: Iterable[Pack],
        sentences: Collection[str],
        sections: Collection[str],
    ) -> tuple[str, str]:
        """(ETag, JSON) for a page: how loud, the words of each written language by phrase, the clips by language."""
        chosen = for_page(self.all, sentences, sections)
        own = [language for language in self._languages() if language == VIETNAMESE or self._differs(language)]
        answer = {
            "settings": {
                "volume": settings.volume,
                "volumes": [list(row) for row in settings.volumes],
                "quiet": settings.quiet,
                "timezone": settings.timezone,
            },
            "texts": {language: self._words(language, chosen) for language in own},
            "clips": {pack.language: self._clips(pack, chosen) for pack in packs},
        }
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return f'"{sha256(text.encode()).hexdigest()[:32]}"', text

    def _languages(self) -> dict[str, None]:
        return dict.fromkeys((VIETNAMESE, *(language for prompt in self.all for language in prompt.texts)))

    def _differs(self, language: str) -> bool:
        """Whether a language has words of its own."""
        return any(language in one.texts and one.texts[language] != one.texts.get(VIETNAMESE) for one in self.all)

    def _clips(self, pack: Pack, chosen: Iterable[Prompt]) -> dict[str, str]:
        """The clip of a phrase is also that of another phrase with the same words."""
        texts = self.texts(pack.language)
        first = {text.casefold(): key for key, text in (self._numbers(pack.language) | texts).items()}
        clips = {key: clip.sha256 for key, clip in pack.clips.items() if key.startswith(NUMBER_PARTS)}
        for prompt in chosen:
            text = prompt.text(pack.language)
            clip = pack.clips.get(first.get((text or "").casefold(), prompt.key))
            if text is not None and clip is not None:
                clips[prompt.key] = clip.sha256
        return clips

    def _words(self, language: str, chosen: Iterable[Prompt]) -> Mapping[str, str]:
        """The words of the phrases, and those of numbers but for the signs of letters, which a page knows by sight."""
        texts = {prompt.key: prompt.text(language) for prompt in chosen}
        return self._numbers(language) | {key: text for key, text in texts.items() if text is not None}

    def _numbers(self, language: str) -> dict[str, str]:
        phrases = written(language, self._manner).items()
        return {key: text for key, text in phrases if key.startswith(("digit.", "word."))}
