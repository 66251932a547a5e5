"""What is wrong with a printer, in words: for the citizen in front of it, and for the staff who can help.

Reasons are the codes of `ticket_printer.status` and of slips that did not come out.
"""

from __future__ import annotations

from kiosk.printing.presenter import OTHER_SERVICE, Presenter
from kiosk.printing.slip_words import translate

CITIZEN = {
    "paper_out": "The machine is out of paper. Your number is kept.",
    "cover_open": "The cover of the printer is open. Your number is kept.",
    "cutter": "Paper is stuck in the printer. Your number is kept.",
    "overheat": "The printer has to cool down. Your number is kept.",
    "not_taken": "Please take the slip of the person before you.",
}
TAKE_SLIP = "Please take the slip."
CITIZEN_OTHERWISE = "The machine cannot print now. Your number is kept."
STAFF = {
    "paper_out": "Out of paper: put in a new roll and close the cover.",
    "cover_open": "The cover is open: close it.",
    "cutter": "The cutter is stuck: switch off, clear the paper, switch on.",
    "overheat": "The print head is hot: wait a few minutes.",
    "offline": "The printer is offline: press its button or switch it off and on.",
    "no_answer": "The printer does not answer: check power and cable.",
    "unreachable": "The printer cannot be reached: check power, cable and address.",
    "refused": "The print queue does not accept slips: look at its state with lpstat.",
    "unsupported": "The printer's address or profile is not known: look at the configuration.",
    "no_proof": "Sent, but this printer cannot prove that it printed: look at the paper.",
    "deadline": "The printer did not finish in time.",
    "garbled": "The line to the printer is noisy: check the cable.",
    "not_taken": "A slip lies in the printer's mouth: take it out.",
    "interrupted": "The service stopped while the slip was printed: ask the citizen.",
    "waited too long": "The slip waited too long for the printer.",
    OTHER_SERVICE: "Another running service prints here; this one prints once that one has ended.",
}
NEAR_END = "The roll is nearly used up: about {count} slips are left."
READY = "The printer is ready."
EJECTED = "Nobody took the last slip: the printer threw it out."


def for_citizen(state: str, reason: str | None, presenter: Presenter) -> str | None:
    """One sentence; None while slips are printed and taken. `state`: ok, fault or unknown."""
    if reason == OTHER_SERVICE:
        return None
    if state == "ok":
        return translate(CITIZEN["not_taken"] if presenter.blocked else TAKE_SLIP) if presenter.occupied else None
    return translate(CITIZEN.get(reason or "", CITIZEN_OTHERWISE))


def for_staff(state: str, reason: str | None, near_end: bool, left: int, presenter: Presenter) -> str:
    """One sentence on what to do."""
    if state != "ok":
        return translate(STAFF.get(reason or "", STAFF["no_answer"]))
    if presenter.occupied:
        return translate(STAFF["not_taken"])
    if near_end:
        return translate(NEAR_END).format(count=left)
    return translate(READY) + (" " + translate(EJECTED) if presenter.ejected_last else "")
