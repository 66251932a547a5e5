"""Slips of the sample office in each width and language, and the lines that stand on them."""

from __future__ import annotations

import re
import textwrap
import tomllib
import unicodedata
from dataclasses import replace

from config.loading import build, sample_text
from config.schema import Configuration
from kiosk.printing.slip_content import AHEAD_STORED, samples
from ticket_printer.slip import Slip

ADDRESS = "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"
HRE = {"go_to_counter": "'bŏ 'nô", "counter": "'bŏ 'nô", "services": {"DD": "ŏ ê"}}
SESSIONS = {"vi": "Buổi: Sáng", "en": "Morning", "hre": "Buổi: Sáng"}
VI_TITLE = ["PHIẾU SỐ THỨ TỰ"]
HEAD = {
    576: ["BỘ PHẬN MỘT CỬA XÃ BA VÌ", *VI_TITLE],
    512: ["BỘ PHẬN MỘT CỬA XÃ BA VÌ", *VI_TITLE],
    384: ["BỘ PHẬN MỘT CỬA", "XÃ BA VÌ"],
}
LAND = {
    576: ["Đất đai - Xây dựng -", "Môi trường"],
    512: ["Đất đai - Xây dựng -", "Môi trường"],
    384: ["Đất đai - Xây dựng -", "Môi trường"],
}
STATISTICS = {384: ["Văn phòng -", "Thống kê"]}
SERVICES = ["Tư pháp - Hộ tịch", "", "Văn hóa - Xã hội", "Văn phòng - Thống kê", "Trả kết quả"]
FOOT = {
    576: ["Quét ô để theo dõi số", "Vui lòng giữ phiếu, chờ gọi số.", "Xin cảm ơn!"],
    512: ["Quét ô để theo dõi số", "Vui lòng giữ phiếu, chờ gọi số.", "Xin cảm ơn!"],
    384: ["Quét: xem số", "Vui lòng giữ phiếu.", "Xin cảm ơn!"],
}
TIME = {
    576: ["08:05 - 15/4/2024 Buổi: Sáng"],
    512: ["08:05 - 15/4/2024 Buổi: Sáng"],
    384: ["08:05 - 15/4/2024", "Buổi: Sáng"],
}
AGAIN = {
    576: ["08:05 - 15/4/2024 - In lại Buổi: Sáng"],
    512: ["08:05 - 15/4/2024 - In lại", "Buổi: Sáng"],
    384: ["08:05 - 15/4/2024 - In lại", "Buổi: Sáng"],
}
LETTER_DOTS = 12
BARE = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "·": "-"})
SHORT_O = str.maketrans({"–": "-", "·": "-", "ŏ": "o"})  # what no page of Vietnamese letters has


def sample_office() -> Configuration:
    """With words in the letters of Hrê. They are no Hrê: nobody but a speaker may write it."""
    table = tomllib.loads(sample_text())
    table["slip_words"] = table.get("slip_words", {}) | {"hre": HRE}
    return build(table, "sample")


def slip_of(known: Configuration, width: int, language: str, service: int, reprint: str | None = None) -> Slip:
    """A slip of the sample office for a service by its place in the file."""
    per_language = len(known.service) + AHEAD_STORED
    found = list(samples(known, width))[known.office.languages.index(language) * per_language + service]
    return replace(
        found,
        letter="A",
        shape="circle",
        number="012",
        qr_url=ADDRESS,
        reprint_text=reprint,
        time_text="08:05 · 15/4/2024",
        session_text=SESSIONS[language],
    )


def vietnamese_lines(slip: Slip, width: int, service: int) -> list[str]:
    """Of a drawn slip, from the top."""
    broken = {1: LAND, 3: STATISTICS}.get(service, {})
    name = broken.get(width, [SERVICES[service]])
    counter = "Đến quầy" if width >= 500 else "Quầy"
    moment = (TIME if slip.reprint_text is None else AGAIN)[width]
    return [*HEAD[width], *name, counter, slip.ahead_text, *moment, *FOOT[width]]


def all_words(slip: Slip, width: int) -> str:
    """Of a drawn slip in any language, wherever its lines are broken."""
    title = slip.title if width >= 500 else ""
    parts = (
        slip.office,
        title,
        slip.service,
        slip.counter_word,
        slip.ahead_text,
        slip.time_text,
        slip.session_text,
        slip.qr_text,
        slip.thanks,
    )
    return " ".join(part for part in parts if part).replace("–", "-").replace("·", "-")


def lettered_lines(slip: Slip, width: int, marks: bool, number: bool, code: bool) -> list[str]:
    """Of a slip in the printer's own letters. `number`, `code`: whether they are in letters, and there to be scanned.

    `marks`: whether the printer has Vietnamese letters.
    """
    columns = width // LETTER_DOTS
    counters = f"{slip.counter_word} {f' {slip.or_word} '.join(slip.counters)}"
    texts = [
        slip.office,
        slip.title,
        slip.letter + slip.number if number else "",
        slip.service,
        "-" * columns,
        counters,
        slip.ahead_text,
        "-" * columns,
        f"{slip.time_text} · {slip.session_text}",
        slip.reprint_text or "",
        slip.qr_text if code else "",
        slip.thanks,
    ]
    return [with_letters(line, marks) for text in texts for line in textwrap.wrap(text, columns)]


def with_letters(text: str, marks: bool) -> str:
    """As a printer writes it that has Vietnamese letters, or ASCII alone."""
    if marks:
        return text.translate(SHORT_O)
    apart = unicodedata.normalize("NFD", text.translate(BARE))
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")


def letters(line: str) -> str:
    """Without figures: a reader trained on words takes a bold 8 for a 5."""
    return " ".join(re.sub(r"[\d:/-]", " ", line).split())
