"""The paper of every width and language, as it leaves the simulated printer, read back by machine."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from config.loading import ConfigurationError, build, sample_text
from config.schema import Configuration
from kiosk.slip_text import samples
from tests.ticket_printer.paper import codes_in, paper_of
from tests.ticket_printer.reading import read_lines
from ticket_printer.profiles import profiles
from ticket_printer.raster import draw
from ticket_printer.slip import Slip
from ticket_printer.ways import way_for
from ticket_printer.writing import written

WIDTHS = {576: "generic-80", 512: "generic-80-narrow", 384: "generic-58"}
ADDRESS = "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"
VI_TITLE = ["PHIẾU SỐ THỨ TỰ"]
HEAD = {576: ["BỘ PHẬN MỘT CỬA XÃ BA VÌ", *VI_TITLE], 512: ["BỘ PHẬN MỘT CỬA XÃ BA VÌ", *VI_TITLE],
        384: ["BỘ PHẬN MỘT CỬA", "XÃ BA VÌ"]}  # fmt: skip
LAND = {576: ["Đất đai - Xây dựng - Môi trường"], 512: ["Đất đai - Xây dựng -", "Môi trường"],
        384: ["Đất đai - Xây dựng -", "Môi trường"]}  # fmt: skip
FOOT = {576: ["Quét ô để theo dõi số", "Vui lòng giữ phiếu, chờ gọi số. Xin cảm ơn!"],
        512: ["Quét ô để theo dõi số", "Vui lòng giữ phiếu, chờ gọi số.", "Xin cảm ơn!"],
        384: ["Quét: xem số", "Vui lòng giữ phiếu.", "Xin cảm ơn!"]}  # fmt: skip
TIME = {576: ["08:05 - 15/4/2024 Buổi: Sáng"], 512: ["08:05 - 15/4/2024 Buổi: Sáng"],
        384: ["08:05 - 15/4/2024", "Buổi: Sáng"]}  # fmt: skip


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return build(tomllib.loads(sample_text()), "sample")


def slip_of(known: Configuration, width: int, language: str, service: int, reprint: str | None = None) -> Slip:
    """A slip of the sample office for a service by its place in the file."""
    per_language = len(known.service) + 30
    found = list(samples(known, width))[known.office.languages.index(language) * per_language + service]
    session = {"en": "Morning"}.get(language, "Buổi: Sáng")
    return replace(
        found, letter="A", shape="circle", number="012", qr_url=ADDRESS, reprint_text=reprint,
        time_text="08:05 · 15/4/2024", session_text=session,
    )  # fmt: skip


def printed(slip: Slip, width: int) -> list[bytes]:
    known = profiles()[WIDTHS[width]]
    return list(written(slip, width, known, way_for(known, None)))


def letters(line: str) -> str:
    """Without figures: a reader trained on words takes a bold 8 for a 5."""
    return " ".join(re.sub(r"[\d:/-]", " ", line).split())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("reprint", [None, "In lại"])
def test_every_vietnamese_line_is_read_without_a_wrong_mark(
    configuration: Configuration, width: int, reprint: str | None, tmp_path: Path
) -> None:
    slip = replace(slip_of(configuration, width, "vi", 1, reprint), ahead=3, ahead_text="3 người chờ trước")
    page = paper_of(printed(slip, width), width)
    counter = "Đến quầy" if width >= 500 else "Quầy"
    moment = TIME[width] if reprint is None else ["08:05 - 15/4/2024 - In lại", "Buổi: Sáng"]
    wanted = [*HEAD[width], *LAND[width], counter, "3 người chờ trước", *moment, *FOOT[width]]
    assert [letters(line) for line in read_lines(page, slip, tmp_path)] == [letters(line) for line in wanted]
    assert "15/4/2024" in " ".join(read_lines(page, slip, tmp_path, "eng"))
    assert codes_in(page) == [ADDRESS]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slip_in_english_speaks_english(configuration: Configuration, width: int, tmp_path: Path) -> None:
    slip = slip_of(configuration, width, "en", 1, "Reprint")
    page = paper_of(printed(slip, width), width)
    said = " ".join(read_lines(page, slip, tmp_path, "eng"))
    for words in ("COMMUNE ONE-STOP OFFICE", "Land, building, environment", "No waiting", "Reprint", "Thank you"):
        assert words in said
    assert codes_in(page) == [ADDRESS]


def test_words_in_hre_stand_where_the_office_gave_them_and_vietnamese_where_not(
    configuration: Configuration, tmp_path: Path
) -> None:
    """The words are no Hrê, only its letters: nobody but a speaker may write it."""
    words = {"hre": {"go_to_counter": "'bŏ 'nô", "services": {"DD": "ŏ ê"}}}
    table = tomllib.loads(sample_text()) | {"slip_words": words}
    slip = slip_of(build(table, "sample"), 576, "hre", 1)
    assert (slip.counter_word, slip.service) == ("'bŏ 'nô", "ŏ ê")
    assert slip.thanks == slip_of(configuration, 576, "vi", 1).thanks
    plain = replace(slip, counter_word="'bo 'nô")
    assert draw(slip, 576).tobytes() != draw(plain, 576).tobytes(), "the short mark is drawn"
    assert "Không phải chờ" in read_lines(draw(slip, 576), slip, tmp_path)


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
    with pytest.raises(ConfigurationError, match=r"office\.logo.*there is no file"):
        build(table, "office.toml")
    home.mkdir(parents=True, exist_ok=True)
    (home / "logo.png").write_bytes(b"any")
    assert build(table, "office.toml").office.logo == "logo.png"
