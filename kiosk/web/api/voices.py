"""Calls about voices: what boards speak with, and how an officer records it."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from flask import Response, request

from kiosk.domain.errors import NotFound
from kiosk.queries.public_configuration import SECTIONS
from kiosk.web.api.voice_models import (
    BuiltAnswer,
    ClipMadeAnswer,
    LanguageAnswer,
    LanguagesAnswer,
    LanguageStudioAnswer,
    PackInstalledAnswer,
    PromptsAnswer,
    QuietBody,
    SpeakerBody,
    VoicesAnswer,
    studio_answer,
)
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, EmptyBody, ProblemDetails
from kiosk.web.pages.sentences import page_keys

WAV_BYTES = 2 * 1024 * 1024
PACK_BYTES = 32 * 1024 * 1024
WAV, ZIP = "audio/wav", "application/zip"
TECHNICIANS = "admin technician"
LISTENERS = "board kiosk tablet counter admin technician"


@call("GET", "/api/v1/voices", LISTENERS, None, {200: VoicesAnswer, 304: None, **MISSING})
def get_voices(context: Context) -> tuple[int, str | Response]:
    """How calls are spoken and the clips of each language by hash; with an ETag, so that asking again costs nothing."""
    etag, text = context.dependencies.voices.published()
    context.headers["ETag"] = etag
    if request.headers.get("If-None-Match") == etag:
        return 304, Response(None, 304, context.headers)
    return 200, text


@call("GET", "/api/v1/voices/prompts/<page>", "", None, {200: PromptsAnswer, 304: None, **MISSING})
def get_prompts(context: Context, page: str) -> tuple[int, str | Response]:
    """The phrases that a page can say, in which language, and their clips by hash; with an ETag.

    No credential: a citizen's own telephone speaks too.
    """
    if page not in SECTIONS:
        raise NotFound(f'there is no page "{page}"; pages: {", ".join(SECTIONS)}')
    etag, text = context.dependencies.voices.prompts(page, page_keys(page), SECTIONS[page])
    context.headers |= {"ETag": etag, "Cache-Control": "no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return 304, Response(None, 304, context.headers)
    return 200, text


@call("GET", "/api/v1/voices/clips/<digest>", "", None, {200: bytes, **MISSING}, also=(WAV,))
def get_clip(context: Context, digest: str) -> tuple[int, Response]:
    """A clip by the hash of its content: 16 bit mono WAV at 22,050 Hz. It never changes, so it is asked for once."""
    clip = context.dependencies.voices.clip(digest)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return 200, Response(clip, 200, headers, content_type=WAV)


@call("GET", "/api/v1/admin/voices", TECHNICIANS, None, {200: LanguagesAnswer, **MISSING})
def get_languages(context: Context) -> tuple[int, LanguagesAnswer]:
    """Each language with its progress: phrases needed, ready, recorded by a person."""
    voices = context.dependencies.voices
    return 200, {
        "languages": [cast(LanguageAnswer, asdict(language)) for language in voices.languages()],
        "quiet": voices.is_quiet(),
    }


@call("PUT", "/api/v1/admin/voices/quiet", TECHNICIANS, QuietBody, {204: None, **MISSING}, journaled=False)
def put_quiet(context: Context[QuietBody]) -> tuple[int, None]:
    """Only a soft chime from the next call on, until switched back."""
    context.dependencies.voices.be_quiet(context.body.quiet)
    return 204, None


@call("GET", "/api/v1/admin/voices/<language>", TECHNICIANS, None, {200: LanguageStudioAnswer, **MISSING})
def get_studio(context: Context, language: str) -> tuple[int, LanguageStudioAnswer]:
    """The phrases of a language in the order in which they are recorded."""
    return 200, studio_answer(context.dependencies.voices.studio(language))


@call("PUT", "/api/v1/admin/voices/<language>", TECHNICIANS, SpeakerBody, {204: None, **MISSING}, journaled=False)
def put_speaker(context: Context[SpeakerBody], language: str) -> tuple[int, None]:
    """Whose voice the next recordings are, and who may use them."""
    context.dependencies.voices.sign(language, context.body.speaker, context.body.licence)
    return 204, None


@call(
    "PUT",
    "/api/v1/admin/voices/<language>/phrases/<key>",
    TECHNICIANS,
    bytes,
    {200: ClipMadeAnswer, 422: ProblemDetails, **MISSING},
    journaled=False,
    max_bytes=WAV_BYTES,
)
def put_phrase(context: Context[bytes], language: str, key: str) -> tuple[int, ClipMadeAnswer]:
    """A recording (16 bit PCM in WAV, at most 15 s) becomes the clip: silence cut, loudness and format made equal."""
    return 200, cast(ClipMadeAnswer, asdict(context.dependencies.voices.record(language, key, context.body)))


@call(
    "PUT",
    "/api/v1/admin/voices/<language>/phrases/<key>/by-ear",
    "admin",
    bytes,
    {200: ClipMadeAnswer, 422: ProblemDetails, **MISSING},
    journaled=False,
    max_bytes=WAV_BYTES,
)
def put_phrase_by_ear(context: Context[bytes], language: str, key: str) -> tuple[int, ClipMadeAnswer]:
    """A take that an administrator heard, though it was refused as cut off, exchanged or not understood.

    What is silent, overdriven, noisy, too short or too long is refused here too.
    """
    return 200, cast(ClipMadeAnswer, asdict(context.dependencies.voices.record_by_ear(language, key, context.body)))


@call(
    "DELETE",
    "/api/v1/admin/voices/<language>/phrases/<key>",
    TECHNICIANS,
    None,
    {204: None, **MISSING},
    journaled=False,
)
def delete_phrase(context: Context, language: str, key: str) -> tuple[int, None]:
    context.dependencies.voices.forget(language, key)
    return 204, None


@call(
    "POST",
    "/api/v1/admin/voices/<language>/build",
    TECHNICIANS,
    EmptyBody,
    {200: BuiltAnswer, 422: ProblemDetails, **MISSING},
    journaled=False,
)
def post_build(context: Context[EmptyBody], language: str) -> tuple[int, BuiltAnswer]:
    """The machine reads every phrase that nobody recorded."""
    return 200, cast(BuiltAnswer, asdict(context.dependencies.voices.build(language)))


@call("GET", "/api/v1/admin/voices/<language>/pack", TECHNICIANS, None, {200: bytes, **MISSING}, also=(ZIP,))
def get_pack(context: Context, language: str) -> tuple[int, Response]:
    """The pack as one file, for another commune or as a copy."""
    headers = {"Content-Disposition": f'attachment; filename="giong-{language}.zip"'}
    return 200, Response(context.dependencies.voices.export(language), 200, headers, content_type=ZIP)


@call(
    "POST",
    "/api/v1/admin/voices/packs",
    TECHNICIANS,
    bytes,
    {200: PackInstalledAnswer, 422: ProblemDetails, **MISSING},
    journaled=False,
    max_bytes=PACK_BYTES,
)
def post_pack(context: Context[bytes]) -> tuple[int, PackInstalledAnswer]:
    """A pack from a file: checked, brought to one loudness, in use from the next call on."""
    return 200, cast(PackInstalledAnswer, asdict(context.dependencies.voices.install(context.body)))
