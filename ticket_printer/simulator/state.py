"""How the simulated printer is, and what it therefore answers to questions about itself."""

from __future__ import annotations

from dataclasses import fields

from contract.records import dataclass

DRAWER = 0x04  # an idle printer without a drawer reports its pin high
ROWS_BRING: dict[str, dict[str, object]] = {
    "paper_out": {"paper": "out"},
    "cover_open": {"cover": "open", "opened_in_mid_slip": True},
}
WORDS = {"paper": ("paper_out", "out", "ok"), "cover": ("cover_open", "open", "closed")}


@dataclass
class PrinterCondition:
    """Faults that a test or a visitor can cause. Each field is a word of the control port.

    `*_at_row`: when so many rows of paper have passed since the simulator was started; `*_at_slip_row`: since the last
    cut, so within a slip. `jams_at_cut`: the next cut gets stuck. `hand_needed`: a jam is not cured by a command alone.
    `waits_for_button`: after a fault the printer stays offline until somebody presses "feed" ({"button": true}).
    `lies`: it says that it is well whatever happens.
    `late_s`, `merge_s`: seconds by which answers come late, or are held back to come together. `noise` goes before
    each answer, `garbage` once; `flip_every`: one bit of each so manieth byte is turned; `echo`: the line repeats all.
    `doubled`: each answer comes twice.
    `stalled`: it takes no bytes. `clears`: it knows DLE DC4 8. `turns`: it answers GS r. `mark_lost`: a presenter did
    not find the black mark.
    """

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_jammed: bool = False
    overheated: bool = False
    silent: bool = False
    split: bool = False
    jams_at_cut: bool = False
    hand_needed: bool = False
    waits_for_button: bool = False
    button_due: bool = False
    lies: bool = False
    echo: bool = False
    doubled: bool = False
    stalled: bool = False
    clears: bool = True
    turns: bool = True
    opened_in_mid_slip: bool = False
    in_mouth: bool = False
    mark_lost: bool = False
    late_s: float = 0.0
    merge_s: float = 0.0
    garbage: bytes = b""
    noise: bytes = b""
    flip_every: int | None = None
    paper_out_at_row: int | None = None
    cover_open_at_row: int | None = None
    paper_out_at_slip_row: int | None = None
    cover_open_at_slip_row: int | None = None

    @property
    def stopped(self) -> bool:
        faults = self.paper_out or self.cover_open or self.cutter_jammed or self.overheated
        return faults or self.offline or self.button_due

    def real_time(self, n: int) -> bytes:
        """The answer to DLE EOT n; nothing to one that it does not know."""
        error = self.cutter_jammed or self.overheated or self.opened_in_mid_slip
        bits = {
            1: DRAWER | 0x08 * self.stopped | 0x20 * self.button_due,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * error,
            3: 0x08 * self.cutter_jammed | 0x40 * (self.overheated or self.opened_in_mid_slip),
            4: 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        if n not in bits:
            return b""
        return bytes([0x12 | (DRAWER * (n == 1) if self.lies else bits[n])])

    def full(self) -> bytes:
        """The answer of a presenter to DLE EOT 20."""
        paper = 0x01 * self.paper_out | 0x04 * self.near_end | 0x20 * self.in_mouth
        user = 0x02 * self.cover_open
        passing = 0x01 * self.overheated | 0x80 * self.mark_lost
        return bytes([0x10, 0x0F, paper, user, passing, 0x01 * self.cutter_jammed])

    def paper_in_turn(self) -> bytes:
        return bytes([0x03 * self.near_end]) if self.turns else b""

    def automatic(self) -> bytes:
        first = 0x10 | DRAWER | 0x08 * self.stopped | 0x20 * self.cover_open
        error = 0x08 * self.cutter_jammed | 0x40 * (self.overheated or self.opened_in_mid_slip) | self.button_due
        paper = 0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out
        return bytes([first, error, paper, 0x0F])

    def reached(self, row: int, slip_row: int) -> dict[str, object]:
        """What a passing row of paper brings about, as an order; `slip_row` counts from the last cut."""
        for unit, passed in (("row", row), ("slip_row", slip_row)):
            for word, order in ROWS_BRING.items():
                name = f"{word}_at_{unit}"
                at = getattr(self, name)
                if at is not None and passed >= at:
                    return {**order, name: None}
        return {}

    def shown(self) -> dict[str, object]:
        """The state as the control port answers it."""
        return {
            "paper": "out" if self.paper_out else "ok",
            "cover": "open" if self.cover_open else "closed",
            "offline": self.offline,
            "silent": self.silent,
            "near_end": self.near_end,
            "mouth": self.in_mouth,
        }

    def obey(self, order: dict[str, object]) -> None:
        """One line of the control port. Raises ValueError for a word it does not know."""
        stopped = self.stopped
        for name, value in order.items():
            self._set(name, value)
        self.opened_in_mid_slip = self.opened_in_mid_slip and self.cover_open
        if stopped and self.waits_for_button and not (self.paper_out or self.cover_open):
            self.button_due = not order.get("button")

    def _set(self, name: str, value: object) -> None:
        if name in WORDS:
            field, yes, _ = WORDS[name]
            setattr(self, field, value == yes)
        elif name in {"garbage", "noise"}:
            setattr(self, name, bytes.fromhex(str(value)))
        elif name in {"late_ms", "merge_ms"}:
            setattr(self, f"{name[:-3]}_s", float(str(value)) / 1000)
        elif name in NUMBERS:
            setattr(self, name, None if value is None else int(str(value)))
        elif name in FLAGS:
            setattr(self, name, bool(value))
        elif name not in {"count", "button"}:
            raise ValueError(f'there is no "{name}"')


FLAGS = frozenset(field.name for field in fields(PrinterCondition) if field.type == "bool")
NUMBERS = frozenset(field.name for field in fields(PrinterCondition) if field.type == "int | None")


def rate(value: object) -> int:
    """Bits a second. Raises ValueError."""
    bits = int(str(value))
    if bits < 1:
        raise ValueError(f"{bits} is no rate")
    return bits
