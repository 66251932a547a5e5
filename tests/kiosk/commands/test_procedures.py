"""`motcua procedures import`: tried, taken, and what it says of a wrong table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
from pyzbar import pyzbar

from tests.kiosk.commands.test_commands import Shell
from tests.sync.exports import as_csv, as_xlsx

ROWS = [
    ["Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Thành phần hồ sơ"],
    ["1.001193", "Đăng ký khai sinh", "Hộ tịch", "Giấy chứng sinh"],
    ["2.009999", "Cấp bản đồ thửa đất", "Đất đai", "Đơn"],
]


def test_a_table_is_tried_then_taken_and_the_next_one_finds_it(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    file = tmp_path / "thu-tuc.xlsx"
    file.write_bytes(as_xlsx(ROWS))
    tried = shell.run("procedures", "import", str(file), "--dry-run")
    assert tried.returncode == 0 and "1 thủ tục mới, 1 thủ tục đổi" in tried.stdout, tried.stderr
    assert "chạy thử" in tried.stdout and not (tmp_path / "state/procedures.json").exists()
    taken = shell.run("procedures", "import", str(file))
    assert taken.returncode == 0 and "2.009999  mới  Cấp bản đồ thửa đất" in taken.stdout
    again = shell.run("procedures", "import", str(file))
    assert "0 thủ tục mới, 0 thủ tục đổi, 2 giữ nguyên" in again.stdout
    file.write_bytes(as_csv([ROWS[0], ["sai", "Đăng ký khai sinh", "Hộ tịch", ""]]))
    wrong = shell.run("procedures", "import", str(file))
    assert wrong.returncode == 1 and "2A (Mã TTHC): không phải mã thủ tục" in wrong.stderr


def test_the_wall_poster_names_all_that_holds_with_its_papers(tmp_path: Path) -> None:
    file = tmp_path / "thu-tuc.pdf"
    shell = Shell(tmp_path)
    shell.environment["MOTCUA__SERVER__PUBLIC_URL"] = "https://mc.bavi.vn"
    done = shell.run("procedures", "poster", "--to", str(file))
    assert (done.returncode, done.stdout.strip()) == (0, str(file)), done.stderr
    with pdfplumber.open(file) as paper:
        assert (round(paper.pages[0].width), round(paper.pages[0].height)) == (842, 1191)
        words = [word for page in paper.pages for word in page.extract_words()]
        halves = [(page, side) for page in paper.pages for side in (0, page.width / 2)]
        columns = [page.crop((left, 0, left + page.width / 2, page.height)).extract_text() for page, left in halves]
        text = " ".join(" ".join(columns).split())
        assert all(word["x0"] >= 30 and word["x1"] <= 842 - 30 and word["bottom"] <= 1191 - 12 for word in words)
        scan(paper.pages[0])
        least = min(word["bottom"] - word["top"] for word in words if word["text"] not in {"A012", "đ"})
        assert least >= 11, "points: what hangs on a wall is read from an arm's length"
    for part in (
        "Hộ tịch",
        "Giấy chứng sinh",
        "8.000 đ/bản",
        "Đăng ký thành lập hộ kinh doanh",
        "Quầy 1, 2",
        "Mang đủ",
    ):
        assert part in text
    assert text.count("*") == 37 + 3, "each is marked, and the foot of each of three pages says what it means"


def scan(page: Any) -> None:
    """The square at the upper right leads to the list on a phone."""
    picture = page.crop((page.width * 0.8, 30, page.width, 150)).to_image(resolution=200).original
    assert [one.data.decode() for one in pyzbar.decode(picture)] == ["https://mc.bavi.vn/procedures"]
