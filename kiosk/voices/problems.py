"""What a technician should know of the voices of the office."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from config.schema import Configuration
from display_board.voices.packs import Pack, PackError, PackFolder
from display_board.voices.phrases import SYNTHETIC, VIETNAMESE, Manner, written
from kiosk.i18n.catalogues import translate as _
from kiosk.i18n.told_errors import sentence_of
from kiosk.voices.library import languages_of, manner_of
from kiosk.voices.page_prompts import PagePrompts


def problems(
    folder: Path,
    configuration: Configuration,
    words: Callable[[str], str] = _,
    shown: Callable[[], Collection[str]] = tuple,
) -> list[str]:
    """What a technician should know of the voices, worst first; nothing when all is well. `words` translates.

    `shown` gives the English sentences of the citizens' pages; without them only the named ones are looked for.
    """
    from display_board.voices.espeak import Espeak

    shelf, manner = PackFolder(folder), manner_of(configuration)
    texts = [text for name in languages_of(configuration) for text in _problems_of(shelf, name, manner, words)]
    texts += _silent_pages(shelf, PagePrompts(configuration, manner, shown), words)
    if os.name == "posix" and not Espeak().available:
        texts.append(words("espeak-ng is not installed: no synthetic voice can be made (apt install espeak-ng)."))
    texts += _model_problems(configuration, words)
    return texts


def _model_problems(configuration: Configuration, words: Callable[[str], str]) -> Iterator[str]:
    """What keeps piper from reading, where the office has a model for it."""
    from display_board.voices.piper import Piper

    voice = configuration.voice
    if not voice.model:
        return
    try:
        piper = Piper(voice.model, voice.piper)
        hindrance = piper.hindrance(piper.language)
    except PackError as error:
        hindrance = error
    if hindrance is not None:
        yield words("[voice] model cannot be used: {why}. See docs/voice.md.").format(why=sentence_of(hindrance, words))


def _problems_of(shelf: PackFolder, language: str, manner: Manner, words: Callable[[str], str]) -> Iterator[str]:
    from display_board.voices.synthesis import missing

    try:
        pack = shelf.pack(language)
        for clip in pack.clips.values():
            shelf.read(language, clip)
    except PackError as error:
        yield words("The voice {language} is damaged: {error}. Import its pack again or record it again.").format(
            language=language, error=sentence_of(error, words)
        )
        return
    gaps = missing(shelf, language, manner)
    if gaps:
        phrases = written(language, manner)
        shown = ", ".join(f"“{phrases[key]}”" for key in gaps[:5]) + (" …" if len(gaps) > 5 else "")
        build = f"motcua voice build --language {language}"
        todo = build if language in SYNTHETIC else words("record it at /admin/voices")
        sentence = "The voice {language} lacks {count} phrases ({shown}); another voice stands in. What to do: {todo}."
        yield words(sentence).format(language=language, count=len(gaps), shown=shown, todo=todo)
    yield from _outdated(pack, manner, words)


def _outdated(pack: Pack, manner: Manner, words: Callable[[str], str]) -> Iterator[str]:
    for key, phrase in written(pack.language, manner).items():
        clip = pack.clips.get(key)
        if clip is not None and clip.text != phrase:
            sentence = "The voice {language} says “{said}”, the configuration “{words}”: build or record it again."
            yield words(sentence).format(language=pack.language, said=clip.text, words=phrase)


def _silent_pages(shelf: PackFolder, prompts: PagePrompts, words: Callable[[str], str]) -> Iterator[str]:
    """Every page falls back to Vietnamese, so what Vietnamese lacks is not said at all."""
    try:
        clips = shelf.pack(VIETNAMESE).clips
    except PackError:
        return
    texts = prompts.texts(VIETNAMESE)
    gaps = [key for key in texts if key not in clips]
    if gaps:
        sentence = "Kiosk, tablet and phone cannot say {count} of {all} phrases. What to do: {todo}."
        yield words(sentence).format(count=len(gaps), all=len(texts), todo="motcua voice build --language vi")
