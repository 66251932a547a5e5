"""The voice of a board: clips of the office's packs, and espeak-ng of this machine where a pack has a gap."""

from __future__ import annotations

import array
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from display_board.announcing.clips import joined, sentences
from display_board.announcing.voice_packs import Published
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.phrases import SYNTHETIC, written
from display_board.voices.settings import Settings
from display_board.voices.wav import encode, parse_clip

READY_CLIPS = 240
log = logging.getLogger("display_board.announcing.voice")


class ClipSource(Protocol):
    """Where packs come from: `voice_packs.VoicePackClient`, or a test."""

    known: Published
    ahead_ms: int

    def refresh(self) -> bool: ...
    def clip(self, digest: str) -> bytes | None: ...
    def forget_unused(self) -> None: ...


class BoardVoice:
    """`folder` holds what this machine spoke before; `now_ms` is its wall clock.

    Two threads may ask at once; a sentence waits for one clip that is being fetched, never for all of them.
    """

    def __init__(self, line: ClipSource, espeak: Espeak, folder: Path, now_ms: Callable[[], int]) -> None:
        self._line = line
        self._espeak = espeak
        self._folder = folder
        self._now_ms = now_ms
        self._ready: OrderedDict[str, array.array[int]] = OrderedDict()
        self._failed: set[str] = set()
        self._lock = threading.Lock()

    def settings(self) -> Settings:
        return self._line.known.settings

    def volume(self) -> int:
        """Percent at this moment, by the service's clock."""
        return self.settings().volume_at(self._now_ms() + self._line.ahead_ms)

    def refresh(self) -> None:
        """Take what changed in the packs since; never waits longer than a second and a half."""
        with self._lock:
            if self._line.refresh():
                self._failed.clear()

    def prefetch(self, interrupted: Callable[[], bool]) -> None:
        """Hold the clips of the office's languages ready until somebody is to be called."""
        settings = self.settings()
        for language in dict.fromkeys((*settings.languages, *self._line.known.clips)):
            for key in self._line.known.clips.get(language, {}):
                if interrupted():
                    return
                with self._lock:
                    self._find(language, key, settings)
        self._line.forget_unused()

    def sentence(self, call: BoardCall, folk: str) -> array.array[int] | None:
        """A call once in each of its languages; None when not even Vietnamese can be spoken: chime only."""
        settings = self.settings()
        if folk:
            settings = replace(settings, manner=replace(settings.manner, folk=folk))
        with self._lock:
            spoken = sentences(call, settings, lambda language, key: self._find(language, key, settings) is not None)
            return joined(spoken, lambda language, key: self._find(language, key, settings))

    def _find(self, language: str, key: str, settings: Settings) -> array.array[int] | None:
        digest = self._line.known.digest(language, key)
        if digest is not None and (samples := self._kept(digest, lambda: self._line.clip(digest))) is not None:
            return samples
        words = written(language, settings.manner).get(key) if language in SYNTHETIC else None
        return self._spoken_here(language, key, words) if words is not None else None

    def _spoken_here(self, language: str, key: str, words: str) -> array.array[int] | None:
        source = f"{self._espeak.speaker(language)} {words}"
        name = f"here-{sha256(source.encode()).hexdigest()[:24]}"
        path = self._folder / f"{name}.wav"

        def load() -> bytes | None:
            if path.exists():
                return path.read_bytes()
            samples = self._espeak.clip(language, key, words)
            if samples is None:
                return None
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data := encode(samples))
            return data

        return self._kept(name, load)

    def _kept(self, name: str, load: Callable[[], bytes | None]) -> array.array[int] | None:
        """A clip is read once; one that failed is not asked for again until the service was heard anew."""
        if name in self._ready:
            self._ready.move_to_end(name)
            return self._ready[name]
        if name in self._failed:
            return None
        try:
            data = load()
            samples = None if data is None else parse_clip(data)
        except (OSError, ValueError) as error:
            log.warning("a clip cannot be used: %s", error)
            samples = None
        if samples is None:
            self._failed.add(name)
            return None
        self._ready[name] = samples
        while len(self._ready) > READY_CLIPS:
            self._ready.popitem(last=False)
        return samples
