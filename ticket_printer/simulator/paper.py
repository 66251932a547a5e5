"""The paper of the simulated printer: rows of dots that are drawn, fed and cut into pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

ROWS_PER_MM = 8


def _last_number(folder: Path | None) -> int:
    """Of the papers that earlier runs left in the folder: none of them is overwritten."""
    names = [] if folder is None else [path.stem.removeprefix("paper-") for path in folder.glob("paper-*.png")]
    return max((int(name) for name in names if name.isdecimal()), default=0)


class Paper:
    """`move(rows)` is called before rows pass the head: it waits as long as the paper takes, or for new paper."""

    def __init__(self, width: int, folder: Path | None, move: Callable[[int], None]) -> None:
        self.width = width
        self.folder = folder
        self._move = move
        self.pictures: list[Image.Image] = []
        self.files: list[Path] = []
        self._before = _last_number(folder)
        self._rows: list[bytes] = []
        self.printed_rows = 0

    @property
    def slip_rows(self) -> int:
        """Rows since the last cut."""
        return len(self._rows)

    def feed(self, rows: int) -> None:
        for _ in range(rows):
            self._row(bytes(self.width // 8))

    def dots(self, row: bytes, align: int, width: int | None = None) -> None:
        """One row of `width` dots, left, centred or right; what is wider than the paper is lost."""
        width = min(len(row) * 8 if width is None else width, self.width)
        before = (0, (self.width - width) // 2, self.width - width)[align]
        ink = int.from_bytes(row, "big") >> max(0, len(row) * 8 - width)
        self._row((ink << (self.width - width - before)).to_bytes(self.width // 8, "big"))

    def picture(self, picture: Image.Image, align: int) -> None:
        """1-bit, 1 is ink."""
        stride, data = (picture.width + 7) // 8, picture.tobytes()
        for y in range(picture.height):
            self.dots(data[y * stride : (y + 1) * stride], align, picture.width)

    def cut(self) -> None:
        if not self._rows:
            return
        picture = Image.frombytes("1", (self.width, len(self._rows)), b"".join(self._rows))
        self._rows = []
        shown = ImageOps.invert(picture.convert("L")).convert("1")
        if self.folder is not None:
            self._save(shown, self.folder)
        self.pictures.append(shown)

    def _save(self, picture: Image.Image, folder: Path) -> None:
        target = folder / f"paper-{self._before + len(self.pictures) + 1:06}.png"
        part = folder / f".{target.name}.part"
        picture.save(part, format="PNG")
        part.replace(target)
        self.files.append(target)

    def _row(self, row: bytes) -> None:
        self._move(1)
        self._rows.append(row)
        self.printed_rows += 1
