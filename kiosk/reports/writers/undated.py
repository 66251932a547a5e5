"""Office files hold the moment of writing twice: in the archive and in the properties. Without it the same data give
the same bytes on any day.
"""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (2024, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def undated(made: bytes) -> bytes:
    """The same parts of a .docx or .xlsx, all of one moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == PROPERTIES:
                content = _MOMENT.sub(b"2024-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
