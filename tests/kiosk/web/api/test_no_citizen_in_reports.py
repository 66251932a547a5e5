"""An office that keeps masked names and free words: no report, in no format and for no role, and no list has them.

Programs and readers of reports are given neither the names of clerks nor whole codes of dossiers.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pdfplumber
import pytest

from kiosk.domain.dossier import Dossier, dossier_data
from kiosk.reports import catalogue
from tests.office import OfficeStory, sample_configuration

NAME, REMARK = "Phạm V. T.", "Chị Hoa ở thôn 3 chờ lâu"
CLERK, MASK, CODE = "Đinh Thị Lan", "Đinh T. L.", "000.00.53.H48-240411-0002"
NAMED = {"daily", "queue", "satisfaction"}  # reports that have figures of each clerk; codes: evaluation
TOLD_OF_ALL = [(name, kind) for name, report in catalogue.REPORTS.items() for kind in report.formats]
WEEK = "from=2024-04-01&to=2024-04-15"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """A dossier with its owner's masked name; a ticket that was held, served and rated with words."""
    folder = tmp_path_factory.mktemp("citizens")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        url = f"sqlite:///{folder / 'motcua.db'}"
        configuration = sample_configuration(url, masked_names=["Hộ tịch"])
        survey = configuration.survey.model_copy(update={"remark": True})
        made = OfficeStory("", configuration.model_copy(update={"survey": survey}))
        dossier = Dossier("000.00.53.H48-240410-0001", "1.001193", "Hộ tịch", 2, 4, 1_712_710_000_000)
        row = dossier_data(dossier) | {"applicant_masked": NAME}
        assert made.send("PUT", "/api/v1/dossiers", "sync", [row]).status_code == 200
        ended = Dossier(CODE, "1.001193", "Hộ tịch", 2, 10, 1_712_796_400_000, 1_713_000_000_000, 1_712_900_000_000)
        assert made.send("PUT", "/api/v1/dossiers", "sync", [dossier_data(ended)]).status_code == 200
        with made.app.store.writing() as tables:
            tables.counters.save(replace(tables.counters.get("1"), clerk=CLERK))
        made.take_number()
        ticket = made.call_next()
        assert ticket is not None
        for act in ("start", "complete"):
            assert made.send("POST", f"/api/v1/tickets/{ticket.id}/{act}", "counter", {}).status_code == 200
        rating = {"ticket": ticket.id, "answers": {"attitude": "not_satisfied"}, "comment": REMARK}
        assert made.send("POST", "/api/v1/ratings", "tablet", rating, counter="1").status_code in {200, 201}
        yield made
        made.close()


def readable(data: bytes, kind: str) -> str:
    """All texts of a file."""
    if kind == "pdf":
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)
    if kind in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return unescape("\n".join(archive.read(part).decode(errors="ignore") for part in archive.namelist()))
    return unescape(data.decode("utf-8-sig"))


def test_the_office_does_keep_them(story: OfficeStory) -> None:
    with story.app.store.reading() as reading:
        assert list(reading.free_texts.applicants().values()) == [NAME]
    assert NAME in json.dumps(story.send("GET", "/api/v1/board", "board").json, ensure_ascii=False)


@pytest.mark.parametrize("role", ["report", "admin"])
@pytest.mark.parametrize(("name", "kind"), TOLD_OF_ALL)
def test_no_report_names_a_citizen_or_repeats_words(story: OfficeStory, name: str, kind: str, role: str) -> None:
    answer = story.send("GET", f"/api/v1/reports/{name}?{WEEK}&format={kind}", role)
    assert answer.status_code == 200
    text = readable(answer.data, kind)
    assert len(text) > 50
    for hidden in (NAME, "Phạm V", REMARK, "Chị Hoa", *([CLERK, CODE] if role == "report" else [])):
        assert hidden not in text
    if name in NAMED:
        assert (MASK if role == "report" else CLERK) in text
    if name == "evaluation":
        assert ("•••240411-0002" if role == "report" else CODE) in text


@pytest.mark.parametrize("path", ["", "/tickets", "/ratings", "/dossiers"])
@pytest.mark.parametrize("role", ["report", "admin"])
def test_no_list_behind_a_figure_does(story: OfficeStory, path: str, role: str) -> None:
    text = story.send("GET", f"/api/v1/statistics{path}?{WEEK}", role).get_data(as_text=True)
    assert len(text) > 50
    assert "Phạm V" not in text and "Chị Hoa" not in text
    whole = {"": CLERK, "/tickets": CLERK, "/ratings": CLERK, "/dossiers": CODE}[path]
    assert (whole in text) == (role == "admin")
    assert story.send("GET", f"/api/v1/statistics{path}?{WEEK}", "reader").json == json.loads(text) or role == "admin"


@pytest.mark.parametrize("name", sorted({*NAMED, "evaluation"}))
def test_a_program_is_given_what_a_reader_is_and_whole_where_the_office_says_so(story: OfficeStory, name: str) -> None:
    path = f"/api/v1/reports/{name}?from=2024-04-10&to=2024-04-15&format=json"
    asked = {role: story.send("GET", path, role).text for role in ("report", "reader", "head")}
    assert asked["report"] == asked["reader"] != asked["head"]
    office = story.service.dependencies.office
    story.service.dependencies.office = replace(office, programs_see_names=True)
    try:
        assert story.send("GET", path, "report").text == asked["head"]
        assert story.send("GET", path, "reader").text == asked["reader"]
    finally:
        story.service.dependencies.office = office
