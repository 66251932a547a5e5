"""A pack as one file, so that communes can share their voices: a zip with the manifest, the clips and the licence.

A file from elsewhere is trusted in nothing: names, sizes, contents and loudness are checked before it is used.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from hashlib import sha256

from display_board.voices.loudness import TARGET_LUFS, levelled, loudness
from display_board.voices.packs import (
    MANIFEST,
    MOST_PHRASES,
    Clip,
    Pack,
    PackError,
    PackFolder,
    clip_for,
    from_json,
    to_json,
)
from display_board.voices.sound import RATE
from display_board.voices.wav import parse_clip

LICENCE = "LICENCE.txt"
MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 96 * 1024 * 1024
MOST_CLIP, MOST_MANIFEST = 800 * 1024, 1024 * 1024
MOST_ENTRIES = MOST_PHRASES + 2
MOST_CLIP_S = 15.0
LOUDNESS_ROOM = 0.5
TOO_LARGE = "{file} has more than {most} bytes, more than a voice pack holds"
NOT_READ = "the file is not a voice pack, or it is damaged; export or download it again"
BOMB = "the file unpacks to more than a voice pack holds; it is not one of ours"
TWICE = "a name stands twice in the file; export the voice pack again"
FOREIGN = "“{file}” does not belong into a voice pack; take it out, or export the pack again"
UNSIGNED = "every phrase of a voice pack needs a file, a speaker and a licence"
# What zipfile raises over a damaged or foreign file, by its kind of damage.
BROKEN = (zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, OverflowError)
LIKE_2020 = (2020, 1, 1, 0, 0, 0)  # the same pack always makes the same file


def export(shelf: PackFolder, language: str) -> bytes:
    """Raises PackError when the pack is empty or damaged."""
    pack = shelf.pack(language)
    if not pack.clips:
        raise PackError("there is no voice pack “{language}” yet; record it or build it first", language=language)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        _add(file, MANIFEST, to_json(pack).encode())
        _add(file, LICENCE, _licence_text(pack).encode())
        for clip in sorted(pack.clips.values(), key=lambda one: one.file):
            _add(file, clip.file, shelf.read(language, clip))
    return target.getvalue()


def _add(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    file.writestr(zipfile.ZipInfo(name, LIKE_2020), data, zipfile.ZIP_DEFLATED)


def _licence_text(pack: Pack) -> str:
    """Who speaks and under which terms, for people who open the file by hand."""
    rows = sorted({(clip.speaker, clip.licence) for clip in pack.clips.values()})
    return "".join(f"{speaker}: {licence}\n" for speaker, licence in rows)


def unpack(data: bytes) -> tuple[Pack, dict[str, bytes]]:
    """The pack in a file, and its clips by phrase, brought to one loudness. Raises PackError; touches no disk."""
    if len(data) > MOST_BYTES:
        raise PackError(TOO_LARGE, file="ZIP", most=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            _check_names(file)
            return _read(file)
    except PackError:
        raise
    except (zipfile.BadZipFile, *BROKEN) as error:
        raise PackError(NOT_READ) from error


def _check_names(file: zipfile.ZipFile) -> None:
    entries = file.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise PackError(BOMB)
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise PackError(TWICE)
    for name in names:
        if "/" in name or "\\" in name or name.startswith(".") or "\x00" in name:
            raise PackError(FOREIGN, file=name)


def _read(file: zipfile.ZipFile) -> tuple[Pack, dict[str, bytes]]:
    pack = from_json(_bounded(file, MANIFEST, MOST_MANIFEST).decode("utf-8"))
    if not pack.clips or not all(clip.licence.strip() and clip.speaker.strip() for clip in pack.clips.values()):
        raise PackError(UNSIGNED)
    extra = set(file.namelist()) - {MANIFEST, LICENCE} - {clip.file for clip in pack.clips.values()}
    if extra:
        raise PackError(FOREIGN, file=sorted(extra)[0])
    clips, files = {}, {}
    for key, clip in pack.clips.items():
        clips[key], files[key] = _checked(key, clip, _bounded(file, clip.file, MOST_CLIP))
    return replace(pack, clips=clips), files


def _bounded(file: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Reads no byte more than allowed, whatever the directory of the file says."""
    try:
        with file.open(name) as entry:
            data = entry.read(most + 1)
    except KeyError:
        raise PackError("{file} is missing in the voice pack; export it again", file=name) from None
    if len(data) > most:
        raise PackError(TOO_LARGE, file=name, most=most)
    return data


def _checked(key: str, clip: Clip, data: bytes) -> tuple[Clip, bytes]:
    if sha256(data).hexdigest() != clip.sha256:
        raise PackError("{file} is not the file that the list of the voice pack describes", file=clip.file)
    try:
        samples = parse_clip(data)
    except ValueError as error:
        raise PackError("{file} is not sound of 16 bit, mono, {rate} Hz", file=clip.file, rate=RATE) from error
    try:
        if abs(loudness(samples, RATE) - TARGET_LUFS) > LOUDNESS_ROOM:
            samples = levelled(samples, RATE)
    except ValueError as error:
        raise PackError("{file} is silent; record it again", file=clip.file) from error
    if len(samples) > MOST_CLIP_S * RATE:
        raise PackError("{file} is longer than {most} s", file=clip.file, most=round(MOST_CLIP_S))
    made, file = clip_for(key, samples, clip.origin, clip.text, clip.speaker, clip.licence)
    return replace(made, by_ear=clip.by_ear), file


def install(shelf: PackFolder, data: bytes) -> Pack:
    """Phrases of the file replace those of the pack; others stay; the pack as it was is kept beside it if it is whole.

    Raises PackError and changes nothing.
    """
    pack, files = unpack(data)
    with shelf.changing(pack.language) as change:
        _keep(shelf, pack.language)
        for key, clip in pack.clips.items():
            change.put(key, clip, files[key])
        change.sign(pack.speaker, pack.licence)
        return change.pack


def _keep(shelf: PackFolder, language: str) -> None:
    """Of a pack that is empty or damaged there is nothing to keep, and its repair must not fail for that."""
    try:
        data = export(shelf, language)
    except PackError:
        return
    (shelf.folder / f"{language}-before-import.zip").write_bytes(data)
