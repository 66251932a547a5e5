"""The paper of every width and language, as it leaves the simulated printer, read back by machine."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from config.loading import ConfigurationError, build, sample_text
from config.schema import Configuration
from tests.kiosk.printing.sample_slips import ADDRESS, letters, sample_office, slip_of, vietnamese_lines
from tests.ticket_printer.paper import codes_in, paper_of
from tests.ticket_printer.reading import read_lines
from ticket_printer.protocol.profiles import profiles
from ticket_printer.rendering.encoding import encode_slip
from ticket_printer.rendering.render_mode import choose_render_mode
from ticket_printer.slip import Slip

WIDTHS = {576: "generic-80", 512: "generic-80-narrow", 384: "generic-58"}


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return sample_office()


def printed(slip: Slip, width: int) -> list[bytes]:
    known = profiles()[WIDTHS[width]]
    return list(encode_slip(slip, width, known, choose_render_mode(known, None)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("service", "reprint"), [*((place, None) for place in range(5)), (1, "In lại")])
def test_every_vietnamese_line_is_read_without_a_wrong_mark(
    configuration: Configuration, width: int, service: int, reprint: str | None, tmp_path: Path
) -> None:
    slip = slip_of(configuration, width, "vi", service, reprint)
    slip = replace(slip, ahead=3 + service, ahead_text=f"{3 + service} người chờ trước")
    page = paper_of(printed(slip, width), width)
    wanted = vietnamese_lines(slip, width, service)
    assert [letters(line) for line in read_lines(page, slip, tmp_path)] == [letters(line) for line in wanted]
    assert "15/4/2024" in " ".join(read_lines(page, slip, tmp_path, "eng"))
    assert codes_in(page) == [ADDRESS]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slip_that_is_printed_again_says_so_in_english(
    configuration: Configuration, width: int, tmp_path: Path
) -> None:
    slip = slip_of(configuration, width, "en", 1, "Reprint")
    said = " ".join(read_lines(paper_of(printed(slip, width), width), slip, tmp_path, "eng"))
    assert "No waiting" in said and "Reprint" in said


def test_where_the_office_gave_no_words_in_hre_vietnamese_stands(configuration: Configuration) -> None:
    hre, vietnamese = (slip_of(configuration, 576, language, 1) for language in ("hre", "vi"))
    assert (hre.counter_word, hre.service) == ("'bŏ 'nô", "ŏ ê")
    assert hre.thanks == vietnamese.thanks and hre.ahead_text == "Không phải chờ"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ({"hre": {"ahead": "before you"}}, "slip_words.hre.ahead"),
        ({"hre": {"session": "Morning"}}, "slip_words.hre.session"),
        ({"vi": {"ahead": "{count} người, chừng {phut} phút"}}, "slip_words.vi.ahead"),
        ({"vi": {"ahead": "{count} người {"}}, "slip_words.vi.ahead"),
        ({"vi": {"session": "{session.name}"}}, "slip_words.vi.session"),
        ({"ja": {"title": "番号"}}, "slip_words.ja"),
        ({"en": {"services": {"XX": "Ghosts"}}}, "slip_words.en.services"),
        ({"en": {"titel": "Ticket"}}, "slip_words.en.titel"),
    ],
)
def test_words_that_cannot_be_used_are_named_with_their_place(words: dict[str, object], place: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        build(tomllib.loads(sample_text()) | {"slip_words": words}, "office.toml")
    assert place in str(caught.value)


def test_a_logo_that_is_not_there_is_found_at_the_start(home: Path) -> None:
    table = tomllib.loads(sample_text())
    table["office"]["logo"] = "logo.png"
    with pytest.raises(ConfigurationError, match=r"office\.logo.*không có tệp"):
        build(table, "office.toml")
    home.mkdir(parents=True, exist_ok=True)
    (home / "logo.png").write_bytes(b"any")
    assert build(table, "office.toml").office.logo == "logo.png"
