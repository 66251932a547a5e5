"""What the one-stop software of a province exports and answers: dossiers with everything about their owners."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.domain.dossier import Dossier

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STATUS = {4: "Đang xử lý", 7: "Công dân yêu cầu rút hồ sơ", 9: "Đã xử lý xong", 10: "Đã trả kết quả"}
CHANNEL = {1: "Trực tiếp", 2: "Trực tuyến", 3: "Bưu chính công ích"}
HEADERS = [
    "STT",
    "Mã hồ sơ",
    "Mã TTHC",
    "Tên thủ tục",
    "Lĩnh vực",
    "Người nộp",
    "Số điện thoại",
    "Số CMND/CCCD",
    "Hình thức nộp",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Trạng thái",
    "Từ kỳ trước",
    "Số hóa",
    "Lý do chưa số hóa",
    "Ghi chú",
]


class Person:
    """Somebody who must never be found in our app: a name, a phone, an ID number that occur nowhere else."""

    def __init__(self, ordinal: int) -> None:
        family = ("Nguyễn", "Phạm", "Đinh", "Trần")[ordinal % 4]
        self.given = f"Canh{'aeiouy'[ordinal % 6]}{'bcdghklmnpqrstvxzwfj'[ordinal]}"
        self.name = f"{family} {self.given} Yến"
        self.masked = f"{family} C. Y."
        self.phone = f"09876{ordinal:02d}321"
        self.number = f"0512099{ordinal:02d}765"

    def written(self) -> list[str]:
        """As people write them: without marks, in small letters, of a rare family, numbers parted by anything."""
        phone, number = (self.phone[:4], self.phone[4:7], self.phone[7:]), thirds(self.number)
        return [
            self.name,
            self.name.upper(),
            self.name.lower(),
            bare(self.name),
            bare(self.name).lower(),
            f"Ninh Thị {self.given}",
            f"Y {self.given}",
            f"ninh thi {self.given.lower()}",
            self.phone,
            self.number,
            f"({phone[0]}) {phone[1]} {phone[2]}",
            *(mark.join(phone) for mark in "/–."),
            *(mark.join(number) for mark in "/–"),
        ]

    def traces(self) -> list[str]:
        """What of them must be found nowhere: the above and its telling parts."""
        phones = [f"{self.phone[:4]} {self.phone[4:7]}", f"{self.phone[:7]}-{self.phone[7:]}"]
        return [*self.written(), self.given, self.given.upper(), *phones]


def bare(text: str) -> str:
    """Without marks, as many type."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def thirds(text: str) -> list[str]:
    return [text[place : place + 3] for place in range(0, len(text), 3)]


PEOPLE = [Person(n) for n in range(20)]


def owner(place: int) -> Person:
    return PEOPLE[place % len(PEOPLE)]


def local(ms: int | None, form: str) -> str:
    return "" if ms is None else datetime.fromtimestamp(ms / 1000, ZONE).strftime(form)


def as_cell(ms: int | None, whole_day: time) -> date | None:
    """A spreadsheet's own time; a date alone where the hour is the one that a whole day stands for."""
    if ms is None:
        return None
    moment = datetime.fromtimestamp(ms / 1000, ZONE).replace(tzinfo=None)
    return moment.date() if moment.time() == whole_day else moment


def typed_rows(dossiers: Sequence[Dossier]) -> list[list[Any]]:
    """The rows under HEADERS as a spreadsheet holds them: numbers, dates and times in cells of their kind."""
    rows, place = export_rows(dossiers), HEADERS.index("Ngày tiếp nhận")
    for row, one in zip(rows, dossiers, strict=True):
        row[place] = as_cell(one.received_at, time(7))
        row[place + 1 : place + 3] = [as_cell(ms, time(17)) for ms in (one.due_at, one.finished_at)]
    return rows


def export_rows(dossiers: Sequence[Dossier], form: str = "%d/%m/%Y %H:%M:%S") -> list[list[Any]]:
    """The rows under HEADERS; times in the given form."""
    rows = []
    for place, one in enumerate(dossiers):
        who = owner(place)
        times = [local(ms, form) for ms in (one.received_at, one.due_at, one.finished_at)]
        rows.append(
            [
                place + 1,
                one.code,
                one.procedure,
                f"Thủ tục số {place % 7}",
                one.field,
                who.name,
                who.phone,
                who.number,
                CHANNEL[one.channel],
                *times,
                STATUS[one.status],
                "x" if one.carried_over else "",
                "Có" if one.digitised else "Không",
                one.not_digitised_reason or "",
                f"Gọi {who.name}, máy {who.phone}",
            ]
        )
    return rows


def as_csv(table: Sequence[Sequence[Any]], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(table)
    return text.getvalue().encode(encoding)


def as_xlsx(table: Sequence[Sequence[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for number, row in enumerate(table, start=1):
        book.active.append(list(row))
        for place, cell in enumerate(row, start=1):
            if isinstance(cell, date):
                form = "dd/mm/yyyy hh:mm" if isinstance(cell, datetime) else "dd/mm/yyyy"
                book.active.cell(number, place).number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def portal_item(one: Dossier, who: Person) -> dict[str, Any]:
    """A dossier as the portal holds it: strings only, its owner in many places (DongBoHoSoMC's fields)."""
    form = "%Y%m%d%H%M%S"
    return {
        "MaHoSo": one.code,
        "MaTTHC": one.procedure,
        "TenTTHC": "Thủ tục",
        "MaLinhVuc": "G01",
        "TenLinhVuc": one.field,
        "KenhThucHien": str(one.channel),
        "ChuHoSo": who.name,
        "LoaiDoiTuong": "1",
        "MaDoiTuong": who.number,
        "ThongTinKhac": f"Nhà ông {who.name}",
        "Email": f"x{who.phone}@example.vn",
        "SoDienThoai": who.phone,
        "TrichYeuHoSo": f"Hồ sơ của {who.name}",
        "NgayTiepNhan": local(one.received_at, form),
        "NgayHenTra": local(one.due_at, form),
        "TrangThaiHoSo": str(one.status),
        "NgayTra": local(one.finished_at, form) if one.status == 10 else "",
        "ThongTinTra": f"Trả cho {who.name}",
        "HinhThuc": "0",
        "NgayKetThucXuLy": local(one.finished_at, form),
        "DonViXuLy": who.name,
        "GhiChu": one.not_digitised_reason or f"Gọi {who.name} {who.phone}",
        "SoGiayToChuHoSo": who.number,
        "HoSoCoThanhPhanSoHoa": "1" if one.digitised else "0",
        "TaiLieuNop": [{"TenTepDinhKem": f"{who.name}.pdf"}],
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": who.number}],
        "NoiNopHoSo": "2",
    }


def portal_procedures(dossiers: Sequence[Dossier]) -> list[dict[str, str]]:
    pairs = sorted({(one.procedure, one.field) for one in dossiers})
    return [{"MATTHC": code, "TENTTHC": f"Thủ tục {code}", "TENLINHVUC": field} for code, field in pairs]
