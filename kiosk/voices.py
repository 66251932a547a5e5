"""The voices of the office: what boards are told of them, and what the studio does. Sound is worked on elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from config.schema import Configuration
from display_board.voices import archive
from display_board.voices.packs import RECORDED, Pack, PackError, Shelf
from display_board.voices.phrases import SYNTHETIC, Manner, needed, written
from display_board.voices.settings import Settings, to_plain
from display_board.voices.synthesis import Synthesiser, missing
from kiosk.domain.errors import NotFound, PackRefused, RecordingRefused, TooMany
from kiosk.web.wording import translate as _

QUIET = "quiet"
WORK_S = 30.0
WAITING_S = 10.0
REFUSED = 3


def manner_of(configuration: Configuration) -> Manner:
    voice = configuration.voice
    letters = tuple(service.letter for service in configuration.service)
    counters = tuple(counter.code for counter in configuration.counter)
    return Manner(configuration.office.folk, voice.numbers == "whole", voice.odd, letters, counters)


def settings_of(configuration: Configuration) -> Settings:
    voice = configuration.voice
    volumes = tuple((f"{row.since:%H:%M}", row.volume) for row in voice.hours)
    return Settings(
        tuple(dict.fromkeys(voice.languages)), voice.ticket_language, voice.volume, volumes, voice.quiet,
        configuration.office.timezone, manner_of(configuration),
    )  # fmt: skip


def languages_of(configuration: Configuration) -> tuple[str, ...]:
    """Those of calls and those a citizen may choose, in the order of the office."""
    chosen = configuration.office.languages if configuration.voice.ticket_language else []
    return tuple(dict.fromkeys((*configuration.voice.languages, *chosen)))


class Voices:
    """`folder` holds a pack a language; written by the studio, the command line and nobody else."""

    def __init__(self, folder: Path, configuration: Configuration) -> None:
        self._folder = folder
        self._shelf = Shelf(folder)
        self._settings = settings_of(configuration)
        self._languages = languages_of(configuration)
        self._working = threading.Lock()
        self._told: tuple[object, str, str] | None = None

    def published(self) -> tuple[str, str]:
        """(ETag, JSON) of settings and packs for boards; read anew only when a pack or the switch changed."""
        mark = (self._shelf.mark(), self.is_quiet())
        told = self._told
        if told is None or told[0] != mark:
            packs = [_told(pack) for pack in self._packs()]
            settings = to_plain(replace(self._settings, quiet=mark[1]))
            text = json.dumps({"settings": settings, "packs": packs}, ensure_ascii=False)
            told = self._told = (mark, f'"{sha256(text.encode()).hexdigest()[:32]}"', text)
        return told[1], told[2]

    def clip(self, digest: str) -> bytes:
        """Raises NotFound, also for a damaged one: another voice then stands in, and `problems` tells of it."""
        for pack in self._packs():
            for clip in pack.clips.values():
                if clip.sha256 == digest:
                    try:
                        return self._shelf.read(pack.language, clip)
                    except PackError as error:
                        raise NotFound(str(error)) from None
        raise NotFound("no pack of this office holds this clip; ask for the packs again")

    def languages(self) -> list[dict[str, Any]]:
        """Each language of the office and of the shelf with its progress."""
        names = dict.fromkeys((*self._languages, *self._shelf.languages()))
        return [self._progress(name) for name in names]

    def studio(self, language: str) -> dict[str, Any]:
        """The phrases of a language in the order in which they are recorded. Raises NotFound."""
        pack = self._known(language)
        wanted = set(needed(language, self._settings.manner))
        phrases = [_shown(key, words, key in wanted, pack) for key, words in self._written(language).items()]
        return {**self._progress(language), "speaker": pack.speaker, "licence": pack.licence, "phrases": phrases}

    def record(self, language: str, key: str, wav: bytes) -> dict[str, Any]:
        """A recording becomes the clip of a phrase. Raises NotFound, RecordingRefused, TooMany."""
        pack = self._known(language)
        words = self._written(language).get(key)
        if words is None:
            raise NotFound(f'there is no phrase "{key}"')
        if not pack.speaker or not pack.licence:
            raise RecordingRefused("say first who speaks and who may use the voice", reason="no-speaker")
        return self._work(wav, "record", language, key, words, pack.speaker, pack.licence)

    def build(self, language: str) -> dict[str, Any]:
        """The machine reads what nobody recorded. Raises NotFound, PackRefused, TooMany."""
        self._known(language)
        manner = self._settings.manner
        return self._work(b"", "build", language, manner.folk, manner.odd)

    def forget(self, language: str, key: str) -> None:
        """Raises NotFound."""
        self._known(language)
        with self._shelf.changing(language) as change:
            if not change.drop(key):
                raise NotFound(f'"{key}" has no clip')

    def sign(self, language: str, speaker: str, licence: str) -> None:
        """Whose voice the next recordings are, and who may use them."""
        self._known(language)
        with self._shelf.changing(language) as change:
            change.sign(speaker, licence)

    def export(self, language: str) -> bytes:
        """Raises NotFound."""
        self._known(language)
        try:
            return archive.export(self._shelf, language)
        except PackError as error:
            raise NotFound(str(error)) from None

    def install(self, data: bytes) -> dict[str, Any]:
        """A pack from a file. Raises PackRefused, TooMany."""
        return self._work(data, "install")

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

    def _known(self, language: str) -> Pack:
        if language not in {*self._languages, *self._shelf.languages()}:
            raise NotFound(f'"{language}" is not a language of this office; see [voice] languages')
        try:
            return self._shelf.pack(language)
        except PackError:
            return Pack(language)

    def _written(self, language: str) -> dict[str, str]:
        return written(language, self._settings.manner)

    def _progress(self, language: str) -> dict[str, Any]:
        pack = self._known(language)
        wanted = needed(language, self._settings.manner)
        have = [pack.clips[key] for key in wanted if key in pack.clips]
        return {
            "language": language, "needed": len(wanted), "ready": len(have),
            "recorded": sum(clip.origin == RECORDED for clip in have), "machine": language in SYNTHETIC,
        }  # fmt: skip

    def _work(self, data: bytes, kind: str, *arguments: str) -> dict[str, Any]:
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
        answer: dict[str, Any] = json.loads(done.stdout)
        if done.returncode == REFUSED:
            refused = PackRefused if answer["reason"] == "pack" else RecordingRefused
            raise refused(answer["detail"], reason=answer["reason"])
        return answer


def _told(pack: Pack) -> dict[str, Any]:
    clips = {key: clip.sha256 for key, clip in pack.clips.items()}
    return {"language": pack.language, "speaker": pack.speaker, "licence": pack.licence, "clips": clips}


def _shown(key: str, words: str, is_needed: bool, pack: Pack) -> dict[str, Any]:
    clip = pack.clips.get(key)
    found = clip and {"sha256": clip.sha256, "milliseconds": clip.milliseconds, "origin": clip.origin,
                      "text": clip.text, "speaker": clip.speaker}  # fmt: skip
    return {"key": key, "text": words, "needed": is_needed, "clip": found}


def problems(folder: Path, configuration: Configuration, words: Callable[[str], str] = _) -> list[str]:
    """What a technician should know of the voices, worst first; nothing when all is well. `words` translates."""
    shelf, manner = Shelf(folder), manner_of(configuration)
    found = [text for name in languages_of(configuration) for text in _problems_of(shelf, name, manner, words)]
    if os.name == "posix" and not Synthesiser().available:
        found.append(words("espeak-ng is not installed: no synthetic voice can be made (apt install espeak-ng)."))
    return found


def _problems_of(shelf: Shelf, language: str, manner: Manner, words: Callable[[str], str]) -> Iterator[str]:
    try:
        pack = shelf.pack(language)
        for clip in pack.clips.values():
            shelf.read(language, clip)
    except PackError as error:
        yield words("The voice {language} is damaged: {error}. Import its pack again or record it again.").format(
            language=language, error=error
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
