"""Points that the office gives itself for the nine criteria: a file in the state folder, a table for each, all kept.

In a report stand those for just its days, the last written of each criterion; earlier ones stay in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from contract.catalogues import DEFAULT_LANGUAGE
from contract.toml_words import toml_sentence
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.office_files import OfficeFile
from kiosk.i18n.system_words import refusal_of_system
from kiosk.reports.dated_rules import criteria_on
from kiosk.reports.office_files import read_file, text_in
from kiosk.reports.periods import Period
from kiosk.reports.remarks import RemarksUnreadable, toml_text
from kiosk.reports.wording import translate

FILE = "criteria.toml"
GIVEN_FOR = frozenset({"evaluation"})  # reports with points
MOST_LETTERS = 300
HEAD = """# Điểm do đơn vị tự chấm theo chín chỉ số của Thông tư 01/2018/TT-VPCP.
# Mỗi lần chấm ghi thêm một bảng [[points]]; giữ lại các bảng cũ.
# Điểm chỉ vào báo cáo của đúng khoảng ngày đã ghi; chấm lại thì lần ghi sau được dùng.
#
# [[points]]
# from = 2026-01-01
# to = 2026-03-31
# criterion = 5
# points = 2
# written_on = 2026-04-03     # ngày chấm; bỏ điểm đã ghi: thay dòng points bằng taken_back = true
# why = "100 % thủ tục tiếp nhận, thẩm định, phê duyệt tại Trung tâm"
"""


class PointsUnreadable(RemarksUnreadable):
    """The file of points can't be used; the message names file, table and what to do."""


def read_points(folder: Path) -> tuple[OfficePoints, ...]:
    """In the order of the file; nothing when there is no file. Raises PointsUnreadable."""
    return points_in(read_file(folder / FILE, PointsUnreadable))


def points_in(file: OfficeFile) -> tuple[OfficePoints, ...]:
    """Raises PointsUnreadable."""
    path = file.path
    try:
        tables = tomllib.loads(text_in(file, PointsUnreadable))
    except tomllib.TOMLDecodeError as error:
        raise PointsUnreadable(f"{path}: {toml_sentence(error)}") from error
    given = tables.pop("points", [])
    if tables or not isinstance(given, list):
        raise PointsUnreadable(translate("{file}: write each table as [[points]] and nothing beside it", file=path))
    return tuple(_points(path, number, one) for number, one in enumerate(given, start=1))


def points_for(points: Iterable[OfficePoints], period: Period) -> dict[int, OfficePoints]:
    """By criterion, what was written last for just these days; what was taken back is not there.

    Raises NoForm, and PointsUnreadable for more points than the rules in force here give (`office_forms.using`).
    """
    newest = _newest(points, period)
    for one in newest.values():
        _require_few_enough(one)
    return newest


def given_by(points: Iterable[OfficePoints], day: date) -> list[OfficePoints]:
    """Without those that were written later."""
    return [one for one in points if one.written_on <= day]


def _newest(points: Iterable[OfficePoints], period: Period) -> dict[int, OfficePoints]:
    of_days = [one for one in points if (one.first, one.last) == (period.first, period.last)]
    newest = {one.criterion: one for one in sorted(of_days, key=lambda one: one.written_on)}
    return {number: one for number, one in newest.items() if one.tenths is not None}


def add_points(folder: Path, points: Iterable[OfficePoints]) -> None:
    """Writes a table behind the others for each that says something new. Raises NoForm, PointsUnreadable."""
    path, known = folder / FILE, read_points(folder)
    lines = []
    for one in points:
        _require_few_enough(one)
        before = _newest(known, Period(one.first, one.last)).get(one.criterion)
        if ((None, "") if before is None else (before.tenths, before.why)) != (one.tenths, one.why):
            lines.append(_table(one))
    if not lines:
        return
    try:
        write_points_template(folder)
        beside = path.with_suffix(".new")
        beside.write_text(path.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        sentence = "{file}: cannot be written ({problem}); see that the folder is there, may be written and has space"
        raise PointsUnreadable(translate(sentence, file=path, problem=refusal_of_system(error))) from error


def _table(one: OfficePoints) -> str:
    points = "taken_back = true" if one.tenths is None else f"points = {one.tenths // 10}.{one.tenths % 10}"
    return (
        f"\n[[points]]\nfrom = {one.first}\nto = {one.last}\ncriterion = {one.criterion}\n{points}\n"
        f"written_on = {one.written_on}\nwhy = {toml_text(one.why)}\n"
    )


def write_points_template(folder: Path) -> Path | None:
    """A file that says how points are written; None when there is one already. Raises OSError."""
    path = folder / FILE
    if path.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD, encoding="utf-8")
    return path


def _points(path: Path, number: int, given: dict[str, Any]) -> OfficePoints:
    first, last, criterion, points = (given.get(name) for name in ("from", "to", "criterion", "points"))
    written_on, why = given.get("written_on"), given.get("why", "")
    days = [day for day in (first, last, written_on) if type(day) is date]
    if len(days) < 3 or days[0] > days[1]:
        raise _wrong(path, number, "the days from, to and written_on are written like 2026-03-31, from before to")
    if type(criterion) is not int or criterion not in range(1, 10):
        raise _wrong(path, number, "criterion is a number from 1 to 9")
    tenths = _tenths(points)
    taken_back = given.get("taken_back") is True and points is None
    if not taken_back and (tenths is None or tenths < 0):
        raise _wrong(path, number, "points is a number from 0 on, to a tenth at most")
    if not isinstance(why, str) or len(why) > MOST_LETTERS:
        raise _wrong(path, number, "why is a text of at most {most} letters", most=MOST_LETTERS)
    return OfficePoints(days[0], days[1], criterion, tenths, days[2], " ".join(why.split()))


def _tenths(points: object) -> int | None:
    """None of what is no number with at most one decimal."""
    if type(points) is not int and type(points) is not float:
        return None
    tenths = round(10 * points)
    return tenths if abs(tenths - 10 * points) < 1e-9 else None


def _require_few_enough(one: OfficePoints) -> None:
    """Raises NoForm, PointsUnreadable."""
    most = criteria_on(one.last).most_points
    if one.tenths is not None and one.tenths > 10 * most:
        sentence = "{file}, criterion {number}: points is a number from 0 to {most}, to a tenth at most"
        raise PointsUnreadable(translate(sentence, file=FILE, number=one.criterion, most=most))


def _wrong(path: Path, number: int, sentence: str, **values: int) -> PointsUnreadable:
    where = translate("{file}: [[points]] number {number}", file=path, number=number)
    return PointsUnreadable(f"{where}: {translate(sentence, DEFAULT_LANGUAGE, **values)}")
