"""What is wrong with a printer, in the words of citizens and of staff."""

from __future__ import annotations

import pytest

from kiosk.printing.advice import STAFF, for_citizen, for_staff
from kiosk.printing.presenter import Presenter


def presenter(occupied: bool = False, blocked: bool = False, ejected: bool = False) -> Presenter:
    made = Presenter()
    if ejected:
        made.present("A001", 1)
        made.last = made.last and type(made.last)("A001", "thrown_out", 2)
    made.occupied, made.blocked = occupied, blocked
    return made


KEPT = "Số của bà con vẫn được giữ."


@pytest.mark.parametrize(
    ("state", "reason", "sentence"),
    [
        ("ok", None, None),
        ("fault", "paper_out", f"Máy hết giấy. {KEPT}"),
        ("fault", "cover_open", f"Nắp máy in đang mở. {KEPT}"),
        ("fault", "cutter", f"Máy in bị kẹt giấy. {KEPT}"),
        ("fault", "overheat", f"Máy in đang nóng, phải nghỉ một lát. {KEPT}"),
        ("fault", "offline", f"Máy chưa in được. {KEPT}"),
        ("unknown", "no_answer", f"Máy chưa in được. {KEPT}"),
        ("unknown", None, f"Máy chưa in được. {KEPT}"),
    ],
)
def test_a_citizen_reads_why_no_slip_comes(state: str, reason: str | None, sentence: str | None) -> None:
    assert for_citizen(state, reason, presenter()) == sentence


def test_a_citizen_is_asked_to_take_the_slip_or_the_one_of_the_person_before() -> None:
    assert for_citizen("ok", None, presenter(occupied=True)) == "Mời bà con lấy phiếu."
    behind = for_citizen("ok", None, presenter(occupied=True, blocked=True))
    assert behind == "Xin lấy giúp phiếu của người trước còn trong máy."


@pytest.mark.parametrize(
    ("state", "reason", "near_end", "held", "sentence"),
    [
        ("ok", None, False, False, "Máy in sẵn sàng."),
        ("ok", None, True, False, "Giấy sắp hết: còn khoảng 12 phiếu."),
        ("ok", None, True, True, "Còn phiếu trong miệng máy in: lấy ra."),
        ("fault", "paper_out", True, True, "Hết giấy: lắp cuộn mới rồi đóng nắp."),
    ],
)
def test_staff_reads_what_to_do_first(
    state: str, reason: str | None, near_end: bool, held: bool, sentence: str
) -> None:
    assert for_staff(state, reason, near_end, 12, presenter(occupied=held)) == sentence


def test_staff_reads_that_nobody_took_the_last_slip() -> None:
    said = for_staff("ok", None, False, 12, presenter(ejected=True))
    assert said == "Máy in sẵn sàng. Không ai lấy phiếu vừa rồi: máy đã đẩy phiếu ra."


@pytest.mark.parametrize("reason", sorted(STAFF))
def test_each_reason_has_words_of_its_own_for_the_staff(reason: str) -> None:
    said = for_staff("fault", reason, False, 0, presenter())
    others = {for_staff("fault", other, False, 0, presenter()) for other in STAFF if other != reason}
    assert said not in others and said != STAFF[reason], "it is translated"


def test_a_reason_without_words_is_a_printer_that_does_not_answer() -> None:
    assert for_staff("unknown", "strange", False, 0, presenter()) == for_staff(
        "unknown", "no_answer", False, 0, presenter()
    )
