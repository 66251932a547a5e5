"""`motcua signs`: what is on the paper, measured in millimetres."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest
from PIL import Image

from kiosk.reports.writers.signs_pdf import CounterSign, counter_signs, poster
from kiosk.reports.writers.wall_paper import ServiceSign
from kiosk.web.pages.assets import fonts
from tests.kiosk.commands.test_commands import Shell

MM = 25.4 / 72
CAPITAL = 0.74  # of the size, in Be Vietnam Pro
LONGEST = "Đăng ký kinh doanh, Lao động – Thương binh và Xã hội, Giáo dục, Y tế"
CIVIL = ServiceSign(
    "A", "Tư pháp – Hộ tịch", "Khai sinh", "circle", "#0B4F8A", "#FFFFFF", Image.new("1", (8, 8)), ("1", "2")
)
ANY_SHAPE = [
    replace(CIVIL, letter=letter, shape=shape, name=LONGEST, hint=LONGEST, counters=("1", "2", "12", "A7"))
    for letter, shape in zip("ACHKRĐBEG", ["circle", "square", "triangle", "diamond", "star"] * 2, strict=False)
]


def pages(data: bytes) -> list[Any]:
    return pdfplumber.open(io.BytesIO(data)).pages


def capitals_mm(page: Any, text: str) -> float:
    """The height of the capitals of the greatest word that is written so."""
    return max(word["size"] * CAPITAL * MM for word in page.extract_words(extra_attrs=["size"]) if word["text"] == text)


def test_each_counter_of_the_sample_has_its_sign_and_the_poster_all_services(tmp_path: Any) -> None:
    shell = Shell(tmp_path)
    done = shell.run("signs", "--to", str(tmp_path / "giay"))
    signs, wall = tmp_path / "giay/bang-quay.pdf", tmp_path / "giay/ap-phich-dich-vu.pdf"
    assert (done.returncode, done.stdout.splitlines()) == (0, [str(signs), str(wall)])
    texts = [" ".join(page.extract_text().split()) for page in pages(signs.read_bytes())]
    wanted = [("1", "A", "Tư pháp"), ("2", "A", "Tư pháp"), ("3", "C", "Đất đai"), ("4", "H", "Văn hóa")]
    for text, (code, letter, name) in zip(texts, wanted, strict=False):
        assert {"Quầy", code, letter} <= set(text.split()) and name in text
    assert len(texts) == 5
    assert {"5", "K", "R"} <= set(texts[4].split()) and "Trả" in texts[4]
    (page,) = pages(wall.read_bytes())
    text = page.extract_text()
    assert [letter for letter in "ACHKR" if letter in text.split()] == list("ACHKR")
    assert "1, 2" in text and "Việc gì, đến quầy nào" in text


def test_one_file_holds_the_signs_and_the_poster_each_on_its_own_size(tmp_path: Any) -> None:
    out = tmp_path / "giay/bang.pdf"
    done = Shell(tmp_path).run("signs", "--out", str(out))
    assert (done.returncode, done.stdout.splitlines()) == (0, [str(out)])
    sizes = [(round(page.width * MM), round(page.height * MM)) for page in pages(out.read_bytes())]
    assert sizes == [(297, 210)] * 5 + [(297, 420)]


def test_a_place_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Any) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = Shell(tmp_path).run("signs", "--out", str(tmp_path / "file/bang.pdf"))
    assert done.returncode == 1 and f"{tmp_path}/file/bang.pdf: " in done.stderr and "--out TỆP.pdf" in done.stderr


def test_a_sign_is_read_from_eight_metres_and_wears_the_colour_of_the_service() -> None:
    (page,) = pages(counter_signs("Xã Ba Vì", [CounterSign("1", "Quầy 1", (CIVIL,))], fonts()))
    assert (round(page.width * MM), round(page.height * MM)) == (297, 210)
    assert capitals_mm(page, "1") >= 98  # EN 301 549, 5.1.4: 0.7 degrees at 8 m
    assert capitals_mm(page, "A") >= 35
    blue = tuple(pytest.approx(int("0B4F8A"[at : at + 2], 16) / 255, abs=0.01) for at in (0, 2, 4))
    wide = [one["width"] * MM for one in page.curves if one["non_stroking_color"] == blue]
    assert wide == [pytest.approx(86.5, abs=1)]


def test_a_light_sign_has_an_edge_of_ink() -> None:
    star = replace(CIVIL, shape="star", colour="#F4B81B", ink="#1D1A16")
    (page,) = pages(counter_signs("Xã Ba Vì", [CounterSign("5", "Quầy 5", (star,))], fonts()))
    widths = [one["linewidth"] for one in page.curves if one["stroke"]]
    (plain,) = pages(counter_signs("Xã Ba Vì", [CounterSign("5", "Quầy 5", (replace(star, ink="#FFFFFF"),))], fonts()))
    assert len(widths) == 2 and len([one for one in plain.curves if one["stroke"]]) == 1


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_long_names_and_many_services_stay_on_the_paper_and_apart(count: int) -> None:
    services = tuple(ANY_SHAPE[:count])
    sign = counter_signs("Xã Ba Vì", [CounterSign("Q12", "Quầy Q12 tầng hai", services)], fonts())
    for page in (*pages(sign), *pages(poster("Xã Ba Vì", services, fonts()))):
        words = page.extract_words()
        assert all(word["x0"] > 0 and word["x1"] < page.width - 20 for word in words)
        assert all(word["top"] > 0 and word["bottom"] < page.height for word in words)
        chars = [one for one in page.chars if one["text"].strip()]
        boxes = [
            (one["x0"], one["top"] + one["size"] * 0.3, one["x1"], one["bottom"] - one["size"] * 0.3) for one in chars
        ]
        assert overlapping(boxes) == 0


def middle(char: dict[str, Any]) -> tuple[float, float, float, float]:
    """Of a letter without the room above and below it that marks use: left, top, right, bottom."""
    room = char["size"] * 0.3
    return char["x0"], char["top"] + room, char["x1"], char["bottom"] - room


def overlapping(boxes: list[tuple[float, float, float, float]]) -> int:
    """Pairs of letters whose middles lie on each other."""
    return sum(
        min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 1
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
    )


def test_nine_services_are_two_posters() -> None:
    assert len(pages(poster("Xã Ba Vì", ANY_SHAPE, fonts()))) == 2


def test_the_same_office_gives_the_same_bytes() -> None:
    assert poster("Xã Ba Vì", [CIVIL], fonts()) == poster("Xã Ba Vì", [CIVIL], fonts())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Any) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = Shell(tmp_path).run("signs", "--to", str(tmp_path / "file/inside"))
    assert done.returncode == 1 and "--to" in done.stderr and "Traceback" not in done.stderr
