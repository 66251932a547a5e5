"""Calls about voices: what boards speak with, and the studio in which an officer records it."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from kiosk.domain.errors import NotFound
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, Nothing, QuietBody, Refusal, SpeakerBody
from kiosk.web.studio import Studio

WAV_BYTES = 2 * 1024 * 1024
PACK_BYTES = 8 * 1024 * 1024
WAV, ZIP = "audio/wav", "application/zip"
HEARERS = "board kiosk tablet counter admin"
MISSING = {404: Refusal}


def _studio(context: Context) -> Studio:
    found: Studio | None = context.services.voices
    if found is None:
        raise NotFound("this service keeps no voices")
    return found


@call("GET", "/api/v1/voices", HEARERS, None, {200: AnyObject, 304: None, 404: Refusal})
def get_voices(context: Context) -> tuple[int, Any]:
    """How calls are spoken and the clips of each language by hash; with an ETag, so that asking again costs nothing."""
    etag, text = _studio(context).published()
    context.headers["ETag"] = etag
    if request.headers.get("If-None-Match") == etag:
        return 304, Response(None, 304, context.headers)
    return 200, text


@call("GET", "/api/v1/voices/clips/<digest>", HEARERS, None, {200: AnyObject, **MISSING}, also=(WAV,))
def get_clip(context: Context, digest: str) -> tuple[int, Any]:
    """A clip by the hash of its content: 16 bit mono WAV at 22,050 Hz."""
    return 200, Response(_studio(context).clip(digest), 200, content_type=WAV)


@call("GET", "/api/v1/admin/voices", "admin", None, {200: AnyObject, **MISSING})
def get_languages(context: Context) -> tuple[int, Any]:
    """Each language with its progress: phrases needed, ready, recorded by a person."""
    found = _studio(context)
    return 200, {"languages": found.languages(), "quiet": found.is_quiet()}


@call("PUT", "/api/v1/admin/voices/quiet", "admin", QuietBody, {204: None, **MISSING}, journaled=False)
def put_quiet(context: Context) -> tuple[int, Any]:
    """Only a soft chime from the next call on, until switched back."""
    _studio(context).be_quiet(context.body.quiet)
    return 204, None


@call("GET", "/api/v1/admin/voices/<language>", "admin", None, {200: AnyObject, **MISSING})
def get_studio(context: Context, language: str) -> tuple[int, Any]:
    """The phrases of a language in the order in which they are recorded."""
    return 200, _studio(context).studio(language)


@call("PUT", "/api/v1/admin/voices/<language>", "admin", SpeakerBody, {204: None, **MISSING}, journaled=False)
def put_speaker(context: Context, language: str) -> tuple[int, Any]:
    """Whose voice the next recordings are, and who may use them."""
    _studio(context).sign(language, context.body.speaker, context.body.licence)
    return 204, None


@call("PUT", "/api/v1/admin/voices/<language>/phrases/<key>", "admin", bytes,
      {200: AnyObject, 422: Refusal, **MISSING}, journaled=False, max_bytes=WAV_BYTES)  # fmt: skip
def put_phrase(context: Context, language: str, key: str) -> tuple[int, Any]:
    """A recording (16 bit PCM in WAV, at most 15 s) becomes the clip: silence cut, loudness and format made equal."""
    return 200, _studio(context).record(language, key, context.body)


@call("DELETE", "/api/v1/admin/voices/<language>/phrases/<key>", "admin", None, {204: None, **MISSING},
      journaled=False)  # fmt: skip
def delete_phrase(context: Context, language: str, key: str) -> tuple[int, Any]:
    _studio(context).forget(language, key)
    return 204, None


@call("POST", "/api/v1/admin/voices/<language>/build", "admin", Nothing, {200: AnyObject, 422: Refusal, **MISSING},
      journaled=False)  # fmt: skip
def post_build(context: Context, language: str) -> tuple[int, Any]:
    """The machine reads every phrase that nobody recorded."""
    return 200, _studio(context).build(language)


@call("GET", "/api/v1/admin/voices/<language>/pack", "admin", None, {200: AnyObject, **MISSING}, also=(ZIP,))
def get_pack(context: Context, language: str) -> tuple[int, Any]:
    """The pack as one file, for another commune or as a copy."""
    headers = {"Content-Disposition": f'attachment; filename="giong-{language}.zip"'}
    return 200, Response(_studio(context).export(language), 200, headers, content_type=ZIP)


@call("POST", "/api/v1/admin/voices/packs", "admin", bytes, {200: AnyObject, 422: Refusal, **MISSING},
      journaled=False, max_bytes=PACK_BYTES)  # fmt: skip
def post_pack(context: Context) -> tuple[int, Any]:
    """A pack from a file: checked, brought to one loudness, in use from the next call on."""
    return 200, _studio(context).install(context.body)
