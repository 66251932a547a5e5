"""What stands on a slip of a ticket, on a trial slip, and on what a printer may keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.schema import Configuration
from contract.tickets import TicketState
from kiosk.bootstrap import build_office
from kiosk.domain.print_job import PrintJob
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket
from kiosk.printing.slip_content import describe_mode, samples, ticket_slip, trial_slip
from tests.office import MONDAY_8_OCLOCK, FixedClock, sample_configuration
from ticket_printer.rendering.render_mode import RenderMode
from ticket_printer.slip import Slip

ISSUED = FixedClock(MONDAY_8_OCLOCK).ms
AFTERNOON = ISSUED + 6 * 3_600_000
HALL = PrintJob("job-1", "ticket-1", "A012", "hall", 3, False, ISSUED)


@pytest.fixture(scope="module")
def known() -> Configuration:
    plain = sample_configuration("sqlite:///:memory:")
    server = plain.server.model_copy(update={"public_url": "https://mc.bavi.vn/"})
    return plain.model_copy(update={"server": server})


@pytest.fixture(scope="module")
def office(known: Configuration) -> Office:
    return build_office(known)


TICKET = Ticket(
    id="ticket-1",
    business_date="2024-04-15",
    number="A012",
    service="HT",
    issued_service="HT",
    pool="s:HT",
    state=TicketState.WAITING,
    arrival=1,
    issued_at=ISSUED,
    public_token="3Kd9xQw7Yz2a",
)


def slip(known: Configuration, office: Office, width: int = 576, job: PrintJob = HALL, **changes: object) -> Slip:
    return ticket_slip(known, office, TICKET._replace(**changes), job, width)  # type: ignore[arg-type]


def test_a_slip_has_the_number_the_way_and_the_time(known: Configuration, office: Office) -> None:
    whole = slip(known, office)
    assert (whole.letter, whole.number, whole.shape, whole.pictogram) == ("A", "012", "circle", "family")
    assert (whole.service, whole.counter_word, whole.counters, whole.or_word) == (
        "Tư pháp – Hộ tịch",
        "Đến quầy",
        ("1", "2"),
        "hoặc",
    )
    assert (whole.ahead, whole.ahead_text) == (3, "3 người chờ trước")
    assert (whole.time_text, whole.session_text) == ("08:05 · 15/4/2024", "Buổi: Sáng")
    assert (whole.qr_url, whole.qr_text) == ("https://mc.bavi.vn/t/3Kd9xQw7Yz2a", "Quét ô để theo dõi số")
    assert (whole.reprint_text, whole.logo) == (None, "")
    assert whole.office.isupper() and whole.title == "PHIẾU SỐ THỨ TỰ"


def test_a_slip_that_is_printed_again_lets_nobody_rate(known: Configuration, office: Office) -> None:
    """Whoever serves prints slips again; the address of a phone's page is what a citizen rates with."""
    again = replace(HALL, marked=True, created_at=ISSUED + 60_000)
    assert slip(known, office, job=again).qr_url is None, "while it waits too: its phone would be the first one"
    unsent = replace(again, marked=False)
    assert slip(known, office, job=unsent).qr_url == "https://mc.bavi.vn/t/3Kd9xQw7Yz2a", "no other paper came out"
    for state in (TicketState.CALLED, TicketState.SERVING, TicketState.COMPLETED, TicketState.NO_SHOW):
        called = {"state": state, "first_called_at": ISSUED + 30_000, "called_at": ISSUED + 30_000}
        assert slip(known, office, job=again, **called).qr_url is None
        assert slip(known, office, **called).qr_url is not None, "its first slip, which came out late"
    sent_back = {"first_called_at": ISSUED + 30_000}
    for job in (again, unsent):
        assert slip(known, office, job=job, **sent_back).qr_url is None


@pytest.mark.parametrize(("width", "word"), [(576, "Đến quầy"), (500, "Đến quầy"), (499, "Quầy"), (384, "Quầy")])
def test_narrow_paper_takes_shorter_words(known: Configuration, office: Office, width: int, word: str) -> None:
    narrow = slip(known, office, width)
    assert narrow.counter_word == word
    assert (narrow.qr_text == "Quét: xem số") is (word == "Quầy")
    assert (narrow.thanks == "Vui lòng giữ phiếu. Xin cảm ơn!") is (word == "Quầy")


def test_a_slip_that_was_marked_says_that_it_was_printed_again(known: Configuration, office: Office) -> None:
    assert slip(known, office, job=replace(HALL, marked=True)).reprint_text == "In lại"


def test_nobody_ahead_is_said_so(known: Configuration, office: Office) -> None:
    first = slip(known, office, job=replace(HALL, ahead=0))
    assert (first.ahead, first.ahead_text) == (0, "Không phải chờ")


def test_a_ticket_of_the_afternoon_says_so(known: Configuration, office: Office) -> None:
    late = slip(known, office, issued_at=AFTERNOON)
    assert (late.time_text, late.session_text) == ("14:05 · 15/4/2024", "Buổi: Chiều")


def test_a_ticket_for_one_counter_names_that_one(known: Configuration, office: Office) -> None:
    assert slip(known, office, pool="c:7").counters == ("7",)


def test_a_transferred_ticket_keeps_its_number_and_shape_and_names_the_new_way(
    known: Configuration, office: Office
) -> None:
    land = next(service for service in known.service if service.code != "HT")
    sent_on = slip(known, office, service=land.code, pool=f"s:{land.code}")
    assert (sent_on.letter, sent_on.shape, sent_on.service) == ("A", "circle", land.name)
    assert sent_on.pictogram == land.pictogram


def test_a_service_that_left_the_configuration_is_not_named_and_the_number_has_no_shape(
    known: Configuration, office: Office
) -> None:
    gone = slip(known, office, service="XX", issued_service="XX", pool="s:XX")
    assert (gone.number, gone.shape, gone.service, gone.pictogram, gone.counters) == ("012", "", "", "", ())


def test_a_foreigner_reads_english(known: Configuration, office: Office) -> None:
    english = slip(known, office, language="en")
    assert (english.title, english.counter_word, english.session_text) == (
        "QUEUE TICKET",
        "Go to counter",
        "Morning",
    )
    assert english.ahead_text == "Before you: 3"


def test_an_office_without_an_address_prints_no_code_and_one_with_a_logo_names_its_file(
    known: Configuration, office: Office
) -> None:
    bare = known.model_copy(
        update={
            "server": known.server.model_copy(update={"public_url": ""}),
            "office": known.office.model_copy(update={"logo": "logo.png"}),
        }
    )
    plain = slip(bare, office)
    assert plain.qr_url is None and plain.logo.endswith("/logo.png")


def test_a_trial_slip_is_no_ticket_and_shows_the_letters_that_fail_first(known: Configuration, office: Office) -> None:
    trial = trial_slip(known, office, ISSUED, 576)
    assert (trial.letter, trial.number, trial.counters, trial.qr_text) == ("A", "000", ("1", "2"), "")
    assert (trial.title, trial.ahead_text, trial.thanks) == (
        "IN THỬ",
        "Phiếu này không phải số thứ tự",
        "Máy in chạy tốt.",
    )
    assert trial.ahead == 3
    assert trial.service == "ẪẰỄỘỢ ẵữỷợđ" and trial.qr_url is None
    assert (trial.time_text, trial.session_text) == ("08:05 · 15/4/2024", "Buổi: Sáng")


def test_a_printer_may_keep_each_service_and_thirty_rows_of_people_in_each_language(known: Configuration) -> None:
    kept = list(samples(known, 576))
    languages, services = len(known.office.languages), len(known.service)
    assert len(kept) == languages * (services + 30)
    first = kept[: services + 30]
    assert [one.service for one in first[:services]] == [service.name for service in known.service]
    assert [one.ahead for one in first[services:]] == list(range(1, 31))
    assert {one.ahead for one in first[:services]} == {0}
    assert all(one.number == "" and one.qr_url is None and one.time_text == "" for one in kept)
    assert kept[services + 30].title == "QUEUE TICKET", "the second language follows the first"


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        (RenderMode("raster", None, True), "Phiếu được vẽ từng chấm."),
        (
            RenderMode("stored", 3.75, True),
            "Phiếu dùng hình lưu sẵn trong máy in. Mỗi phiếu truyền 3.8 giây.",
        ),
    ],
)
def test_the_technician_reads_how_slips_are_printed(mode: RenderMode, sentence: str) -> None:
    assert describe_mode(mode) == sentence


def test_lost_marks_are_told() -> None:
    slow = "Đường truyền rất chậm: phiếu chỉ dùng chữ của máy in."
    lost = "Không có dấu tiếng Việt: chưa thử được bảng mã trên máy này."
    assert describe_mode(RenderMode("text", 1.04, True)) == f"{slow} Mỗi phiếu truyền 1.0 giây."
    assert describe_mode(RenderMode("text", 1.04, False)) == f"{slow} {lost} Mỗi phiếu truyền 1.0 giây."
    mixed = "Đường truyền chậm: phiếu dùng chữ của máy in, chỉ vẽ số và ô quét."
    assert describe_mode(RenderMode("mixed", None, True)) == mixed
