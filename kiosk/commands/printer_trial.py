"""`motcua printer test`: a trial slip; with somebody at the terminal also what the printer tells, kept as a profile."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config import places
from config.schema import Configuration, PrinterSection
from kiosk.commands.common import configuration
from kiosk.commands.dialogue import Talk, words
from kiosk.commands.speech import fail
from kiosk.commands.traces import tell

if TYPE_CHECKING:
    from ticket_printer.protocol.profiles import Profile
    from ticket_printer.protocol.status import Status

NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
CODE = "MOTCUA TEST"
CUTTERS = {"h": "partial", "d": "full", "k": "none"}
NEAREST_DPI = (180, 203)
FIFTY_MM_DOTS = 400
CLEAR_MM = 3  # between the last line and the cut
MOST_BEHIND_MM = 30  # from the print head to the blade
MM_PER_INCH = 25.4
ADVICE = {
    "paper_out": "Out of paper: put in a new roll and close the cover.",
    "cover_open": "The cover is open: close it.",
    "cutter": "The cutter is stuck: switch off, clear the paper, switch on.",
    "overheat": "The print head is hot: wait a few minutes.",
    "offline": "The printer is offline: press its button or switch it off and on.",
    "not_taken": "A slip still hangs in the mouth: take it.",
    "no_answer": "The printer does not answer: check power and cable.",
    "unreachable": "The printer cannot be reached: check power, cable and address.",
}
IN_USE = "While motcua serve runs the printer is its own: stop it first, or use the page /admin/printers."


def advice(reason: str | None, otherwise: str = "") -> str:
    """What to do; for a printer that is not heard also who else may be using it."""
    sentence = words(ADVICE.get(reason or "", otherwise or ADVICE["no_answer"]))
    return f"{sentence} {words(IN_USE)}" if reason in {"unreachable", "no_answer"} else sentence


def run_test(args: argparse.Namespace) -> int:
    profile = configuration(args)
    chosen = [section for section in profile.printer if args.name in {None, section.name}]
    if not chosen:
        return fail("there is no [[printer]] “{name}”" if args.name else "no [[printer]] is configured", name=args.name)
    if args.save and (len(chosen) > 1 or not NAME.fullmatch(args.save)):
        return fail("--save takes one name of letters, figures, . _ -, for one printer: choose it with --name")
    asks = sys.stdin.isatty() and not args.yes
    guided = args.yes or asks
    moment = _moment(profile)
    well = True
    for section in chosen:
        trial = TrialDialogue(section, moment, Talk(asks), args.wait)
        well = trial.run((args.save or section.name) if guided else None) and well
        if trial.kept_as is not None:
            tell(args, "printer test", trial.kept_as)
    return 0 if well else 1


def _moment(known: Configuration) -> str:
    from kiosk.bootstrap import build_office
    from kiosk.clock import SystemClock

    local = build_office(known).hours.local(SystemClock().now_ms())
    return f"{local:%H:%M} · {local.day}/{local.month}/{local.year}"


class TrialDialogue:
    """One printer from the first question to its profile. `wait_s`: patience for each thing that hands do."""

    def __init__(self, section: PrinterSection, moment: str, talk: Talk, wait_s: float) -> None:
        self.name = section.name
        self.kept_as: str | None = None  # the name of the profile that was written
        self._section, self._moment, self._talk, self._wait_s = section, moment, talk, wait_s

    def run(self, keep_as: str | None) -> bool:
        """Whether the trial slip came out, as far as anybody can tell. `keep_as` None: a slip and no more."""
        from ticket_printer.errors import PrinterError

        try:
            return self._on_open_line(keep_as)
        except PrinterError as error:
            print(f"{self.name}: {advice(error.reason, str(error))}")
            return False

    def _on_open_line(self, keep_as: str | None) -> bool:
        import time

        from ticket_printer.commissioning.examination import Examination
        from ticket_printer.protocol.profiles import profile
        from ticket_printer.transport import open_transport

        self._base = profile(self._section.profile)
        if self._section.width_dots:
            self._base = self._base.model_copy(update={"width_dots": self._section.width_dots})
        transport = open_transport(self._section.url)
        self._exam = Examination(transport, time.monotonic)
        try:
            return self._steps(keep_as)
        finally:
            transport.close()

    def _steps(self, keep_as: str | None) -> bool:
        talk, section = self._talk, self._section
        talk.say("{printer} ({url}), profile {profile}", printer=section.name, url=section.url, profile=section.profile)
        status = self._exam.greet()
        if status.state == "FAULT" or (keep_as is None and self._silent(status)):
            print(f"{section.name}: {advice(status.reason)}")
            return False
        talk.say("It answers questions about itself." if self._exam.result.answers else "It answers no question.")
        if milliseconds := self._exam.result.answer_ms:
            talk.say("Its slowest answer took {milliseconds} ms.", milliseconds=milliseconds)
        talk.say("A trial slip is printed …")
        proven = self._print() and (keep_as is not None or self._base.proof != "none")
        self._say_printed(proven)
        if keep_as is None:
            return proven or not self._exam.result.answers or self._base.proof == "none"
        self._with_hands()
        self._keep(keep_as, self._with_eyes())
        return True

    def _silent(self, status: Status) -> bool:
        """A printer that should answer and does not: a slip would only be lost."""
        return status.state == "UNKNOWN" and self._base.status_trusted and self._exam.transport.answers

    def _print(self) -> bool:
        from ticket_printer.commissioning.trial_page import TrialWording, trial_page

        wording = TrialWording(
            title=words("PRINTER TEST"),
            about=f"{self.name} · {self._moment}",
            letters=words("Letters with marks: 67 small, 67 capital"),
            shades=words("Shades, from light to black"),
            scan=words("Scan this: the phone must show {code}", code=CODE),
            code=CODE,
            end=words("The blade cuts below this line."),
        )
        return self._exam.print(trial_page(wording, self._base.width_dots // 8 * 8), self._base)

    def _say_printed(self, proven: bool) -> None:
        if proven:
            self._talk.say("Printed: {printer}", printer=self._section.name)
        else:
            self._talk.say("Sent, but this printer cannot prove that it printed: look at the paper.")

    def _with_hands(self) -> None:
        """Open the cover, take out the paper: does the printer tell?"""
        if not self._exam.result.answers or self._wait_s <= 0:
            return
        if self._change("1/4 Open the cover now.", "cover_open"):
            self._exam.saw_cover()
        self._back("2/4 Close the cover.")
        if paper := self._change("3/4 Take the whole roll out and close the cover.", "paper_out"):
            self._exam.saw_paper(paper)
            self._exam.try_honesty()
        self._back("4/4 Put the roll back and close the cover.")
        self._exam.after_refill()

    def _change(self, request: str, reason: str) -> Status | None:
        self._talk.say(request)
        if self._talk.asks:
            self._talk.say("  (Enter: it is done and nothing happens)")
        status = self._exam.wait_for(reason, self._wait_s, self._talk.wants_on)
        self._talk.say("  The printer says so." if status else "  The printer says nothing of it.")
        return status

    def _back(self, request: str) -> None:
        self._talk.say(request)
        if self._exam.wait_for(None, self._wait_s, self._talk.wants_on):
            self._talk.say("  The printer is ready.")

    def _with_eyes(self) -> dict[str, Any]:
        """What the paper shows; nothing when nobody looks."""
        if not self._talk.asks:
            return {}
        return self._main_page() | self._second_page()

    def _main_page(self) -> dict[str, Any]:
        talk, longest = self._talk, self._base.width_dots // 8
        answers: dict[str, Any] = {}
        if not talk.yes("Are both bars at the ends of the ruler whole?"):
            question = "Which is the last millimetre that can be read at the right?"
            answers["width_dots"] = talk.number(question, longest, 25, longest) * 8
        question = "With your own ruler: how many mm from the left bar to the stroke 50?"
        measured = talk.number(question, 50, 40, 70)
        answers["dpi"] = min(NEAREST_DPI, key=lambda dpi: abs(FIFTY_MM_DOTS * 25.4 / dpi - measured))
        if not talk.yes("Are all letters whole, with every mark?"):
            talk.say("  Clean the head, choose a slower speed on the printer, then try again.")
        cut = "Was the slip cut: [h] but for one point, [d] wholly, [k] not at all?"
        answers["cutter"] = talk.choice(cut, self._base.cutter, CUTTERS)
        return answers | self._cut_position(answers["cutter"], answers["dpi"])

    def _cut_position(self, cutter: str, dpi: int) -> dict[str, Any]:
        """More paper is fed before the blade where it cut through the last line."""
        if cutter == "none" or not self._talk.yes("Did the blade cut through the last line, or above it?"):
            return {}
        question = "How many mm lie between the cut and the end of the last line?"
        millimetres = self._talk.number(question, 5, 1, MOST_BEHIND_MM) + CLEAR_MM
        return {"feed_rows": self._base.feed_rows + round(millimetres * dpi / MM_PER_INCH)}

    def _second_page(self) -> dict[str, Any]:
        from ticket_printer.commissioning.trial_extras import extras

        self._talk.say("A second slip is printed: four signs A, B, C, D …")
        self._exam.send(extras(self._base, CODE))
        return {
            "doubling": self._talk.yes("A: two black bars of the same size?"),
            "centring": self._talk.yes("B: a black square in the middle?"),
            "native_qr": self._talk.yes("C: a QR code (and no stray letters)?"),
            "code_page": "tcvn" if self._talk.yes("D: all letters with their marks, none strange?") else "ascii",
        }

    def _keep(self, name: str, eyes: dict[str, Any]) -> None:
        from ticket_printer.commissioning.examination import derive_profile
        from ticket_printer.protocol.profiles import as_toml

        learned = derive_profile(self._base, self._exam.result, eyes)
        self._report(learned)
        path = places.profiles_folder() / f"{name}.toml"
        _write(path, f"# {self._section.url}: motcua printer test\n{as_toml(name, learned)}")
        self.kept_as = name
        self._talk.say("Written: {path}", path=path)
        if self._section.profile != name:
            line = f'profile = "{name}"'
            self._talk.say("In the office's file, under [[printer]] {printer}: {line}", printer=f'"{name}"', line=line)

    def _report(self, learned: Profile) -> None:
        proofs = {"process_id": "yes, by process id", "queue": "yes, by its queue", "none": "no"}
        facts = {
            "Tells when the cover is open and the paper is out": "yes" if learned.status_trusted else "no",
            "Tells when the roll is nearly used up": "yes" if learned.near_end else "no",
            "Reports by itself": "yes" if learned.status_back else "no",
            "Proves that a slip was printed": proofs[learned.proof],
        }
        for fact, answer in facts.items():
            print(f"  {words(fact)}: {words(answer)}")
        if learned.proof == "none":
            self._talk.say("Its slips will end as “not sure”: clerks see them on their screens and decide.")


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and readable by the service, whoever the technician is: it holds no secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o755)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.chmod(0o644)
    part.replace(path)
