"""The camera of a kiosk whose browser reads no codes by itself."""

from __future__ import annotations

from typing_extensions import TypedDict

from kiosk.domain.errors import BadRequest, NothingReads, TooMany
from kiosk.jobs.code_reader import ReaderBusy, ReaderFailed
from kiosk.jobs.picture import HEIGHT, PICTURE_BYTES, WIDTH
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

MOST_A_MINUTE = 300  # a kiosk sends three in a second while its citizen holds something before the camera


class CodeReadAnswer(TypedDict):
    """`text`: null while there is no code in the picture that may be told; `over`: there was one, told or not."""

    text: str | None
    over: bool


@call(
    "POST",
    "/api/v1/camera-pictures",
    "kiosk",
    bytes,
    {200: CodeReadAnswer, 400: ProblemDetails, 413: ProblemDetails, 429: ProblemDetails, 503: ProblemDetails},
    writes=False,
    max_bytes=PICTURE_BYTES,
    operation_id="camera_read_code",
)
def read_code(context: Context[bytes]) -> tuple[int, CodeReadAnswer]:
    """The code in a picture of 640 × 480 grey dots, a byte each. It is not kept; cards of persons are not read."""
    if len(context.body) != PICTURE_BYTES:
        raise BadRequest(f"the body is {WIDTH} × {HEIGHT} grey dots, {PICTURE_BYTES} bytes")
    context.dependencies.rates.take("camera", context.caller.name, MOST_A_MINUTE, 60.0)
    try:
        reading = context.dependencies.code_reader.read(context.body)
    except ReaderBusy as busy:
        raise TooMany("another kiosk is read; send the next picture") from busy
    except ReaderFailed as failed:
        raise NothingReads("the program that reads codes gave no answer") from failed
    return 200, {"text": reading.text, "over": reading.is_over}
