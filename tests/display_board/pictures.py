"""Draws every state of the TV:  python -m tests.display_board.pictures FOLDER"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from display_board.drawing.screen import Screen
from display_board.state.scene import Scene
from tests.display_board.states import states_for

SIZES = {"1080p": (1920, 1080), "upright": (1080, 1920)}


def sample_picture(folder: Path) -> Path:
    """A picture as an office would hang up: drawn, so that nobody's rights are touched."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1600, 900), "#8FC7E8")
    pen = ImageDraw.Draw(image)
    pen.ellipse((1250, 90, 1430, 270), fill="#F4B81B")
    for x, y, colour in ((-200, 420, "#5B8C5A"), (420, 330, "#3F7A54"), (900, 460, "#2F6246")):
        pen.polygon([(x, 900), (x + 520, y), (x + 1100, 900)], fill=colour)
    for row in range(5):
        pen.rectangle((0, 740 + row * 36, 1600, 756 + row * 36), fill=("#D9C04A", "#A7B64C")[row % 2])
    image.save(folder / "hall.png")
    return folder


def draw(scene: Scene, size: tuple[int, int], path: Path, pictures: Path | None = None, headless: bool = True) -> Path:
    screen = Screen(*size, headless=headless, pictures=pictures)
    screen.show(scene)
    screen.save(path)
    screen.close()
    return path


def draw_all(folder: Path) -> list[Path]:
    """Every state on each of `SIZES`, as STATE-SIZE.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        own = sample_picture(Path(name))
        return [
            draw(make(), size, folder / f"{state.removesuffix('-standing')}-{label}.png", own)
            for label, size in SIZES.items()
            for state, make in states_for(size).items()
        ]


def main(folder: Path) -> int:
    """Small files: the drawing has few colours, so a palette keeps it as it is."""
    from PIL import Image

    for path in draw_all(folder):
        image = Image.open(path).convert("RGB")
        image = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
        image.quantize(192, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
