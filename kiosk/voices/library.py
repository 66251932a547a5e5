"""The voices of the office: what boards are told of them, and what the studio does. Sound is worked on elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from config.schema import Configuration
from contract.told_error import received
from display_board.voices.packs import RECORDED, Clip, Pack, PackError, PackFolder
from display_board.voices.phrases import SYNTHETIC, Manner, is_of_calls, needed, written
from display_board.voices.settings import Settings, to_plain
from kiosk.domain.errors import NotFound, PackRefused, RecordingRefused, TooMany
from kiosk.domain.voices import (
    BuiltClips,
    InstalledPack,
    LanguageStudio,
    Phrase,
    PhraseClip,
    RecordedClip,
    VoiceProgress,
)
from kiosk.i18n.catalogues import translate
from kiosk.i18n.told_errors import sentence_of
from kiosk.voices.page_prompts import PagePrompts

QUIET = "quiet"
WORK_S = 30.0
WAITING_S = 10.0
REFUSED = 3

WorkResult = TypeVar("WorkResult", RecordedClip, BuiltClips, InstalledPack)


def manner_of(configuration: Configuration) -> Manner:
    voice = configuration.voice
    letters = tuple(service.letter for service in configuration.service)
    counters = tuple(counter.code for counter in configuration.counter)
    return Manner(configuration.office.folk, voice.numbers == "whole", voice.odd, letters, counters)


def settings_of(configuration: Configuration) -> Settings:
    voice = configuration.voice
    volumes = tuple((f"{row.since:%H:%M}", row.volume) for row in voice.hours)
    return Settings(
        tuple(dict.fromkeys(voice.languages)),
        voice.ticket_language,
        voice.volume,
        volumes,
        voice.quiet,
        configuration.office.timezone,
        manner_of(configuration),
    )


def languages_of(configuration: Configuration) -> tuple[str, ...]:
    """Those of calls and those a citizen may choose, in the order of the office."""
    chosen = configuration.office.languages if configuration.voice.ticket_language else []
    return tuple(dict.fromkeys((*configuration.voice.languages, *chosen)))


class VoiceLibrary:
    """`folder` holds a pack a language; written by the studio, the command line and nobody else.

    `shown` gives the English sentences of the citizens' pages.
    """

    def __init__(
        self, folder: Path, configuration: Configuration, shown: Callable[[], Collection[str]] = tuple
    ) -> None:
        self._folder = folder
        self._shelf = PackFolder(folder)
        self._settings = settings_of(configuration)
        self._languages = languages_of(configuration)
        self._engine = configuration.voice.model, configuration.voice.piper
        self._recogniser = configuration.voice.recogniser
        self._working = threading.Lock()
        self._prompts = PagePrompts(configuration, self._settings.manner, shown)
        self._published: tuple[object, str, str] | None = None
        self._for_pages: dict[str, tuple[object, str, str]] = {}
        self._by_digest: tuple[object, dict[str, tuple[str, Clip]]] | None = None

    def published(self) -> tuple[str, str]:
        """(ETag, JSON) of settings and packs for boards; read anew only when a pack or the switch changed."""
        mark = (self._shelf.mark(), self.is_quiet())
        answer = self._published
        if answer is None or answer[0] != mark:
            packs = [_pack_shape(pack) for pack in self._packs()]
            settings = to_plain(replace(self._settings, quiet=mark[1]))
            text = json.dumps({"settings": settings, "packs": packs}, ensure_ascii=False)
            answer = self._published = (mark, f'"{sha256(text.encode()).hexdigest()[:32]}"', text)
        return answer[1], answer[2]

    def prompts(self, page: str, sentences: Collection[str], sections: Collection[str]) -> tuple[str, str]:
        """(ETag, JSON) of what a page can say: sentences in its code, sections of the configuration that it shows."""
        mark = (self._shelf.mark(), self.is_quiet())
        answer = self._for_pages.get(page)
        if answer is None or answer[0] != mark:
            settings = replace(self._settings, quiet=mark[1])
            answer = mark, *self._prompts.published(settings, self._packs(), sentences, sections)
            self._for_pages[page] = answer
        return answer[1], answer[2]

    def clip(self, digest: str) -> bytes:
        """Raises NotFound, also for a damaged one: another voice then stands in, and `problems` tells of it."""
        language, clip = self._index().get(digest, ("", None))
        if clip is None:
            raise NotFound("no pack of this office holds this clip; ask for the packs again")
        try:
            return self._shelf.read(language, clip)
        except PackError as error:
            raise NotFound(str(error)) from None

    def _index(self) -> dict[str, tuple[str, Clip]]:
        """Every clip by its hash, with the language of its pack; read anew only when a pack changed."""
        mark = self._shelf.mark()
        known = self._by_digest
        if known is None or known[0] != mark:
            clips = {clip.sha256: (pack.language, clip) for pack in self._packs() for clip in pack.clips.values()}
            known = self._by_digest = mark, clips
        return known[1]

    def languages(self) -> list[VoiceProgress]:
        """Each language of the office and of the shelf with its progress."""
        names = dict.fromkeys((*self._languages, *self._shelf.languages()))
        return [self._progress(name) for name in names]

    def studio(self, language: str) -> LanguageStudio:
        """The phrases of a language in the order in which they are recorded. Raises NotFound."""
        pack = self._pack_of(language)
        needed_keys = set(needed(language, self._settings.manner))
        written_phrases = self.phrases(language).items()
        phrases = tuple(Phrase(key, text, key in needed_keys, _clip_of(pack, key)) for key, text in written_phrases)
        return LanguageStudio(self._progress(language), pack.speaker, pack.licence, phrases)

    def record(self, language: str, key: str, wav: bytes) -> RecordedClip:
        """A recording becomes the clip of a phrase. Raises NotFound, RecordingRefused, TooMany."""
        return self._recorded(language, key, wav, "record", self._recogniser)

    def record_by_ear(self, language: str, key: str, wav: bytes) -> RecordedClip:
        """The same for a take that the comparison refused and an administrator heard: it is laid beside nothing."""
        return self._recorded(language, key, wav, "record-by-ear")

    def _recorded(self, language: str, key: str, wav: bytes, kind: str, *more: str) -> RecordedClip:
        pack = self._pack_of(language)
        phrases = self.phrases(language)
        if key not in phrases:
            raise NotFound(f'there is no phrase "{key}"')
        if not pack.speaker or not pack.licence:
            raise RecordingRefused("say first who speaks and who may use the voice", reason="no-speaker")
        data = json.dumps(phrases).encode() + b"\n" + wav
        return self._work(RecordedClip, data, kind, language, key, pack.speaker, pack.licence, *more)

    def build(self, language: str) -> BuiltClips:
        """The machine reads some of what nobody recorded; `left` tells how much is still to do.

        Raises NotFound, PackRefused, TooMany.
        """
        self._pack_of(language)
        phrases = json.dumps(self.phrases(language)).encode()
        return self._work(BuiltClips, phrases, "build", language, *self._engine)

    def forget(self, language: str, key: str) -> None:
        """Raises NotFound."""
        self._pack_of(language)
        with self._shelf.changing(language) as change:
            if not change.drop(key):
                raise NotFound(f'"{key}" has no clip')

    def sign(self, language: str, speaker: str, licence: str) -> None:
        """Whose voice the next recordings are, and who may use them."""
        self._pack_of(language)
        with self._shelf.changing(language) as change:
            change.sign(speaker, licence)

    def export(self, language: str) -> bytes:
        """Raises NotFound."""
        from display_board.voices import archive

        self._pack_of(language)
        try:
            return archive.export(self._shelf, language)
        except PackError as error:
            raise NotFound(str(error)) from None

    def install(self, data: bytes) -> InstalledPack:
        """A pack from a file. Raises PackRefused, TooMany."""
        return self._work(InstalledPack, data, "install")

    def is_quiet(self) -> bool:
        return self._settings.quiet or (self._folder / QUIET).exists()

    def be_quiet(self, quiet: bool) -> None:
        """The switch of the studio; it holds over a restart. `quiet = true` in the configuration wins."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if quiet:
            (self._folder / QUIET).touch()
        else:
            (self._folder / QUIET).unlink(missing_ok=True)

    def _packs(self) -> Iterator[Pack]:
        for language in self._shelf.languages():
            try:
                yield self._shelf.pack(language)
            except PackError:
                continue  # reported by `problems`; the other languages go on

    def _pack_of(self, language: str) -> Pack:
        if language not in {*self._languages, *self._shelf.languages()}:
            raise NotFound(f'"{language}" is not a language of this office; see [voice] languages')
        return self._shelf.pack_or_empty(language)

    def phrases(self, language: str) -> dict[str, str]:
        """The phrases of the calls, then those of the pages."""
        return written(language, self._settings.manner) | self._prompts.texts(language)

    def _progress(self, language: str) -> VoiceProgress:
        pack = self._pack_of(language)
        needed_keys = needed(language, self._settings.manner)
        have = [pack.clips[key] for key in needed_keys if key in pack.clips]
        recorded = sum(clip.origin == RECORDED for clip in have)
        return VoiceProgress(language, len(needed_keys), len(have), recorded, language in SYNTHETIC)

    def _work(self, result: type[WorkResult], data: bytes, kind: str, *arguments: str) -> WorkResult:
        """One piece of work at a time, in a process of its own: reckoning on sound would hold up the counters."""
        if not self._working.acquire(timeout=WAITING_S):
            raise TooMany("another recording is being worked on; try again in a moment")
        try:
            command = [sys.executable, "-m", "display_board.voices", kind, str(self._folder), *arguments]
            done = subprocess.run(command, input=data, capture_output=True, timeout=WORK_S, check=False)
        except subprocess.TimeoutExpired:
            raise RecordingRefused("it took longer than 30 s", reason="too-long") from None
        finally:
            self._working.release()
        if done.returncode not in {0, REFUSED}:
            raise RuntimeError(f"work on sound failed: {done.stderr.decode(errors='replace')[-500:]}")
        answer = json.loads(done.stdout)
        if done.returncode == REFUSED:
            if answer["reason"] == "pack":
                sentence = sentence_of(received(answer["error"]), translate)
                raise PackRefused(sentence, reason="pack", other="")
            raise RecordingRefused(answer["detail"], reason=answer["reason"], other=answer["other"])
        return result(**answer)


def _pack_shape(pack: Pack) -> dict[str, object]:
    clips = {key: clip.sha256 for key, clip in pack.clips.items() if is_of_calls(key)}
    return {"language": pack.language, "speaker": pack.speaker, "licence": pack.licence, "clips": clips}


def _clip_of(pack: Pack, key: str) -> PhraseClip | None:
    clip = pack.clips.get(key)
    if clip is None:
        return None
    return PhraseClip(clip.sha256, clip.milliseconds, clip.origin, clip.text, clip.speaker, clip.by_ear)
