"""Bytes, wire time and drawing time of a slip:  python -m tests.bench.slips

The standard 80 mm slip in each way, at each speed of line, beside the figures of other ways of printing one that were
measured before (bytes by counting, wire time by arithmetic: ten bits a byte on serial lines, 0.8 MB/s assumed on USB,
12 MB/s on the LAN). Drawing is CPU time of one core, with the time of python-escpos' plain picture of the same page in
the same run as a yardstick. Exit 1 when a target is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from escpos.printer import Dummy
from PIL import ImageOps

from tests.ticket_printer.slips import SLIP
from ticket_printer.protocol.profiles import Profile, profile
from ticket_printer.rendering.encoding import encode_slip
from ticket_printer.rendering.raster import draw
from ticket_printer.rendering.render_mode import RenderKind, RenderMode, choose_render_mode
from ticket_printer.rendering.stored_graphics import select_graphics
from ticket_printer.slip import Slip

LINES = {"9600": 960.0, "19200": 1_920.0, "38400": 3_840.0, "115200": 11_520.0, "USB": 800e3, "LAN": 12e6}
BEFORE = {
    "text mode, code pages": 386,
    "full raster 576 x 684": 49_262,
    "full raster 576 x 600": 43_214,
    "full raster, trimmed + centred": 18_548,
    "hybrid, full-width lines": 22_352,
    "hybrid, trimmed": 11_123,
    "stored header/footer + 3 raster lines": 3_494,
}
ROUNDS, WARM = 200, 20
EPSON, CLONE, SMALL = profile("epson-tm-t20"), profile("generic-80"), profile("generic-58")


@dataclass(frozen=True)
class Target:
    name: str
    figure: float
    most: float
    unit: str

    @property
    def met(self) -> bool:
        return self.figure <= self.most

    def __str__(self) -> str:
        return (
            f"{'ok    ' if self.met else 'MISSED'} {self.name}: {self.figure:,.2f} {self.unit} (at most {self.most:,g})"
        )


def pieces(known: Profile, kind: RenderKind, slip: Slip = SLIP) -> Iterator[bytes]:
    width = known.width_dots
    keys = None
    if kind == "stored":
        keys = select_graphics([SLIP], width, known.centring, known.doubling, known.graphics_bytes).keys
    return encode_slip(slip, width, known, RenderMode(kind, None, True), keys)


def size(known: Profile, kind: RenderKind) -> int:
    return len(b"".join(pieces(known, kind)))


def ours() -> dict[str, int]:
    return {
        "drawn, 80 mm, raster-only printer": size(CLONE, "raster"),
        "drawn, without doubled dots": size(CLONE.model_copy(update={"doubling": False}), "raster"),
        "drawn, without centring": size(CLONE.model_copy(update={"centring": False}), "raster"),
        "drawn, 58 mm": size(SMALL, "raster"),
        "stored pictures + native QR": size(EPSON, "stored"),
        "mixed: number and code drawn": size(CLONE, "mixed"),
        "plain: the printer's letters": size(CLONE, "text"),
    }


def naive() -> bytes:
    """The page as python-escpos prints it: one picture, nothing trimmed."""
    printer = Dummy(profile="TM-T20II")
    printer.image(ImageOps.invert(draw(SLIP, 576).convert("L")))
    printer.cut()
    return bytes(printer.output)


def table(title: str, rows: dict[str, int]) -> None:
    print(f"\n{title:42}{'bytes':>8}" + "".join(f"{line:>10}" for line in LINES))
    for name, count in rows.items():
        print(f"{name:42}{count:>8,}" + "".join(f"{_seconds(count / speed):>10}" for speed in LINES.values()))


def _seconds(found: float) -> str:
    return f"{found:.2f} s" if found >= 0.1 else f"{found * 1000:.1f} ms"


def ticket(ordinal: int) -> Slip:
    """Another number, time, address and people ahead each time, as tickets come."""
    return replace(
        SLIP,
        number=f"{ordinal % 1000:03}",
        time_text=f"{7 + ordinal // 60 % 10:02}:{ordinal % 60:02} · 15/4/2024",
        ahead=ordinal % 9,
        ahead_text=f"{ordinal % 9} người chờ trước",
        qr_url=f"https://mc.bavi.vn/t/3Kd9xQw7{ordinal:04}",
    )


def spent(step: Callable[[int], object], rounds: int = ROUNDS) -> list[float]:
    """CPU ms of each round, after some to warm up."""
    found = []
    for ordinal in range(-WARM, rounds):
        began = time.thread_time()
        step(ordinal + WARM)
        if ordinal >= 0:
            found.append((time.thread_time() - began) * 1000)
    return found


def first_band(ordinal: int) -> None:
    """Until the first row of dots may leave; what is behind it is not drawn yet."""
    found = pieces(CLONE, "raster", ticket(ordinal))
    while not next(found).startswith((b"\x1dv0", b"\x1ba\x01\x1dv0")):
        pass


def drawing() -> float:
    whole = spent(lambda ordinal: b"".join(pieces(CLONE, "raster", ticket(ordinal))))
    first = spent(first_band)
    yardstick = spent(lambda ordinal: naive(), 30)
    median = statistics.median(whole)
    print(
        f"\ndraw + encode: median {median:.2f} ms, p99 {statistics.quantiles(whole, n=100)[98]:.2f} ms of CPU", end="; "
    )
    print(f"first band after {statistics.median(first):.2f} ms", end="; ")
    plain = statistics.median(yardstick)
    print(f"draw + python-escpos' picture: {plain:.2f} ms ({plain / median:.1f} x)")
    return median


def main() -> int:
    rows = ours()
    table("our slip", rows)
    table("measured before, another slip of 684 rows", BEFORE | {"python-escpos, this very page": len(naive())})
    for name in ("generic-80", "epson-tm-t20"):
        for baud in (9600, 19200, 115200):
            print(f"{name} at {baud}: {choose_render_mode(profile(name), baud).reason}")
    drawn, stored = rows["drawn, 80 mm, raster-only printer"], rows["stored pictures + native QR"]
    slowest = max(size(known, choose_render_mode(known, 9600).kind) for known in (CLONE, EPSON, SMALL))
    targets = [
        Target("standard slip, raster only", drawn, 18_000, "bytes"),
        Target("its wire at 115200 baud", drawn / LINES["115200"], 1.6, "s"),
        Target("standard slip, stored pictures and native QR", stored, 4_500, "bytes"),
        Target("its wire at 115200 baud", stored / LINES["115200"], 0.4, "s"),
        Target("own choice at 9600 baud", slowest / LINES["9600"], 5.0, "s"),
        Target("draw + encode, median", drawing(), 12.0, "ms"),
    ]
    print("\n" + "\n".join(map(str, targets)))
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
