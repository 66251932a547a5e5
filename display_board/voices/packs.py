"""A voice pack: a folder with a manifest (language, phrase to file, licence, speaker) and one WAV file a phrase.

Files are named by their content and the manifest is replaced in one step, so a reader never meets half a change.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract.records import dataclass
from contract.told_error import ToldError
from display_board.voices.sound import RATE
from display_board.voices.wav import encode

FORMAT = 1
MANIFEST = "manifest.json"
LANGUAGE = re.compile(r"[a-z]{2,3}")
KEY = re.compile(r"[a-z]{1,20}(\.[a-z0-9]{1,20})?")
FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.wav")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_PHRASES = 1500
MOST_TEXT = 300
RECORDED, SYNTHETIC = "recorded", "synthetic"

OTHER_FORMAT = "the voice pack has format {format}, this program reads format {known}; ask for a pack of that format"
NO_MANIFEST = "{file} is not the list of a voice pack; bring the pack in again"
NO_PACK = "language “{language}” with {count} phrases is not a voice pack"
NO_FILE = "phrase “{phrase}” of the voice pack names no sound file: “{file}”"


class PackError(ToldError):
    """A pack cannot be used, or made; the sentence says which file and why."""


@dataclass(frozen=True, slots=True)
class Clip:
    """`sha256` of the file in hex; `text`: the words said; `origin`: recorded or synthetic.

    `by_ear`: the comparison refused the take, an administrator heard it and put it on air.
    """

    file: str
    sha256: str
    milliseconds: int
    origin: str
    text: str
    speaker: str
    licence: str
    by_ear: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """`speaker` and `licence` are those of the next recordings; each clip keeps its own."""

    language: str
    speaker: str = ""
    licence: str = ""
    clips: Mapping[str, Clip] = field(default_factory=dict)


def to_json(pack: Pack) -> str:
    clips = {key: asdict(clip) for key, clip in sorted(pack.clips.items())}
    plain = {"format": FORMAT, "language": pack.language, "speaker": pack.speaker, "licence": pack.licence}
    return json.dumps({**plain, "phrases": clips}, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Pack:
    """Raises PackError for anything but a complete manifest of this format."""
    try:
        plain = json.loads(text)
        if plain["format"] != FORMAT:
            raise PackError(OTHER_FORMAT, format=plain["format"], known=FORMAT)
        clips = {str(key): _clip(key, row) for key, row in plain["phrases"].items()}
        pack = Pack(_line(plain["language"]), _line(plain["speaker"]), _line(plain["licence"]), clips)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PackError(NO_MANIFEST, file=MANIFEST) from error
    if not LANGUAGE.fullmatch(pack.language) or len(clips) > MOST_PHRASES:
        raise PackError(NO_PACK, language=pack.language, count=len(clips))
    return pack


def _clip(key: str, row: Mapping[str, Any]) -> Clip:
    clip = Clip(
        _line(row["file"]),
        _line(row["sha256"]),
        int(row["milliseconds"]),
        _line(row["origin"]),
        _line(row["text"]),
        _line(row["speaker"]),
        _line(row["licence"]),
        row.get("by_ear", False) is True,
    )
    good = KEY.fullmatch(key) and FILE.fullmatch(clip.file) and DIGEST.fullmatch(clip.sha256)
    if not good or clip.origin not in {RECORDED, SYNTHETIC}:
        raise PackError(NO_FILE, phrase=key, file=clip.file)
    return clip


def _line(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT or any(sign < " " for sign in value):
        raise ValueError(f"not one line of text: {str(value)[:40]!r}")
    return value


def clip_for(
    key: str, samples: Sequence[int], origin: str, text: str, speaker: str, licence: str
) -> tuple[Clip, bytes]:
    """What the manifest says of a clip, and the file to write."""
    data = encode(samples)
    digest = sha256(data).hexdigest()
    name = f"{key.replace('.', '-')}-{digest[:12]}.wav"
    return Clip(name, digest, round(len(samples) * 1000 / RATE), origin, text, speaker, licence), data


class PackFolder:
    """A folder of packs, one folder a language. Several programs may write: a lock file orders them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def languages(self) -> list[str]:
        return sorted(path.parent.name for path in self.folder.glob(f"*/{MANIFEST}"))

    def mark(self) -> tuple[tuple[str, int, int], ...]:
        """Changes whenever a manifest was replaced."""
        manifests = [(path.parent.name, path.stat()) for path in sorted(self.folder.glob(f"*/{MANIFEST}"))]
        return tuple((name, stat.st_mtime_ns, stat.st_ino) for name, stat in manifests)

    def pack(self, language: str) -> Pack:
        """An empty one when there is none yet. Raises PackError when its manifest is broken."""
        path = self._place(language) / MANIFEST
        try:
            return from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Pack(language)
        except OSError as error:
            raise PackError("{problem}", problem=error) from None
        except UnicodeDecodeError as error:
            raise PackError(NO_MANIFEST, file=path) from error

    def pack_or_empty(self, language: str) -> Pack:
        """An empty one also when its manifest is broken."""
        try:
            return self.pack(language)
        except PackError:
            return Pack(language)

    def read(self, language: str, clip: Clip) -> bytes:
        """The file of a clip. Raises PackError when it is missing or not what the manifest says."""
        path = self._place(language) / clip.file
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PackError("{problem}", problem=error) from None
        if sha256(data).hexdigest() != clip.sha256:
            raise PackError("{file} is damaged; record or import it again", file=path)
        return data

    @contextmanager
    def changing(self, language: str) -> Iterator[PackChange]:
        """One change of a pack at a time; nothing is seen of it before its end.

        A pack with a broken manifest is put aside with its files, so that it can be recorded or imported anew.
        """
        place = self._place(language)
        place.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            change = PackChange(place, self._whole(language))
            yield change
            change.publish()

    def _whole(self, language: str) -> Pack:
        try:
            return self.pack(language)
        except PackError:
            place, aside = self._place(language), self.folder / f"{language}-broken"
            shutil.rmtree(aside, ignore_errors=True)
            (place / MANIFEST).replace(place / f"{MANIFEST}.broken")
            place.replace(aside)
            place.mkdir()
            return Pack(language)

    def _place(self, language: str) -> Path:
        if not LANGUAGE.fullmatch(language):
            raise PackError("“{language}” is not the code of a language; write two or three letters", language=language)
        return self.folder / language


class PackChange:
    """`pack` is what the pack will be."""

    def __init__(self, place: Path, pack: Pack) -> None:
        self._place = place
        self._before = pack
        self.pack = pack

    def put(self, key: str, clip: Clip, data: bytes) -> None:
        if not KEY.fullmatch(key):
            raise PackError("“{phrase}” is not the name of a phrase", phrase=key)
        _write(self._place / clip.file, data)
        self.pack = replace(self.pack, clips={**self.pack.clips, key: clip})

    def drop(self, key: str) -> bool:
        """Whether there was such a clip."""
        rest = {name: clip for name, clip in self.pack.clips.items() if name != key}
        dropped = len(rest) < len(self.pack.clips)
        self.pack = replace(self.pack, clips=rest)
        return dropped

    def sign(self, speaker: str, licence: str) -> None:
        self.pack = replace(self.pack, speaker=_line(speaker), licence=_line(licence))

    def publish(self) -> None:
        """The new manifest stands; then files nobody names any more go."""
        if self.pack == self._before:
            return
        _write(self._place / MANIFEST, to_json(self.pack).encode())
        named = {clip.file for clip in self.pack.clips.values()}
        for path in self._place.glob("*.wav"):
            if path.name not in named:
                path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, also when the power fails."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
