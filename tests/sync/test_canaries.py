"""No name, phone or ID number passes the sanitizer: twenty people are fed upstream, then every byte is searched."""

from __future__ import annotations

import io
import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.followers import ConnectorSection
from config.loading import sample_text
from contract.envelope import encode_cloud_event
from kiosk.cli import main
from kiosk.domain.dossier import Dossier, dossier_data
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.dossier_fetch import DossierFetch
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.journal_client import JournalClient
from sync.simulator.onestop import OneStop
from tests.pages.conftest import RunningOffice, run_office
from tests.sync.exports import HEADERS, PEOPLE, Person, as_csv, as_xlsx, bare, export_rows
from tests.sync.portal_office import ba_vi, load, watch
from tests.sync.usb_trip import by_usb

NAMED = ["Hộ tịch", "Chứng thực", "Đất đai", "Xây dựng", "Môi trường"]
ZEROS = bytes(4096)


@pytest.fixture(params=[[], NAMED], ids=["names off", "masked names on"])
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "state"))
    (tmp_path / "state").mkdir()
    yield from run_office(tmp_path / "state", masked_names=request.param)


def spellings(person: Person) -> set[bytes]:
    return spelled(person.traces())


def spelled(traces: Iterable[str]) -> set[bytes]:
    """Every way in which a trace may lie in a file."""
    found: set[bytes] = set()
    for trace in traces:
        plain = {trace, trace.lower(), bare(trace), bare(trace).lower()}
        for text in plain | {unicodedata.normalize("NFD", trace), json.dumps(trace)[1:-1]}:
            found |= {text.encode(), text.encode("utf-16-le")}
    return found


def seen(data: bytes) -> list[str]:
    return [person.name for person in PEOPLE if any(spelling in data for spelling in spellings(person))]


def files(folder: Path) -> dict[str, bytes]:
    """Database, write-ahead log, tokens, voices: all that the running keeps; pages of zeros, as reserved, left out."""
    return {path.name: path.read_bytes().replace(ZEROS, b"\0") for path in sorted(folder.rglob("*")) if path.is_file()}


def shown(running: RunningOffice) -> dict[str, bytes]:
    """What leaves the running: the TV's snapshot, kiosk, followers, reports, the journal as it is sent."""

    def got(path: str, role: str) -> bytes:
        return running.story.send("GET", path, role).data

    reports = {
        kind: got(f"/api/v1/reports/daily?from=2024-04-01&to=2024-04-30&format={kind}", "report")
        for kind in ("json", "csv", "html")
    }
    journal = running.send("GET", "/api/v1/journal?after=0&limit=1000", "sync")["events"]
    return {
        "board": got("/api/v1/board", "board"),
        "board page": got("/board", "board"),
        "followers": got("/api/v1/followers", "admin"),
        "summary": got("/api/v1/admin/summary", "admin"),
        "dossiers": got("/api/v1/dossiers", "sync"),
        "metrics": got("/metrics", "admin"),
        "sent": b"".join(encode_cloud_event(event) for event in journal),
        **reports,
    }


def spiteful(dossiers: list[Dossier]) -> list[dict[str, Any]]:
    """Dossiers of the contract with people in every text, known and unknown."""
    rows = []
    for place, one in enumerate(dossiers):
        who = PEOPLE[place % len(PEOPLE)]
        texts = {"step": f"{who.name} đang xử lý", "not_digitised_reason": f"{who.name} giữ", "digitised": False}
        more = {"owner": who.name, "phone": who.phone, "note": {"id": who.number}}
        field = {"field": odd_field(place // 2), "procedure": "9.999999"} if place % 2 == 0 else {}
        rows.append(dossier_data(one) | texts | more | field)
        if place % 7 == 1:
            rows[-1] |= {"procedure": odd_procedure(place)}
    rows.append(dossier_data(dossiers[0]) | {"code": PEOPLE[0].name})
    rows.append(dossier_data(dossiers[0]) | {"channel": PEOPLE[1].name, "received_at": PEOPLE[1].phone})
    return rows


def odd_field(place: int) -> str:
    """Somebody where a field should be named, in each spelling in turn."""
    written = PEOPLE[place % len(PEOPLE)].written()
    return f"{('', 'Máy ', 'ông ')[place // len(written) % 3]}{written[place % len(written)]}"


def odd_procedure(place: int) -> str:
    """Somebody where the code of a procedure should be."""
    who = PEOPLE[place % len(PEOPLE)]
    given = who.given.upper()
    return [f"SDT-{who.phone[:7]}-{who.phone[7:]}", f"YEN.{given}.NINH2", f"T-{given}-123456-TT"][place % 3]


def feed_files(running: RunningOffice, folder: Path, some: list[Dossier]) -> dict[int, int]:
    """Returns how commands ended otherwise than expected, by the place of the table."""
    config = folder / "office.toml"
    database = f'\nurl = "sqlite:///{folder / "state" / "office.db"}"'
    text = sample_text().replace('\nurl = ""', database, 1)
    if running.story.app.office.masked_names:
        text = text.replace("masked_names = []", f"masked_names = {json.dumps(NAMED, ensure_ascii=False)}", 1)
    config.write_text(text, encoding="utf-8")
    wrong = export_rows(some[:20])
    for place, row in enumerate(wrong):
        row[place % len(row)] = PEOPLE[place].name
        row[(place + 5) % len(row)] = PEOPLE[place].phone
    right, names = [HEADERS, *export_rows(some)], [["Người nộp"], *([person.name] for person in PEOPLE)]
    odd, nowhere = (export_rows(some) for _ in range(2))
    for place, (row, other) in enumerate(zip(odd, nowhere, strict=True)):
        row[HEADERS.index("Mã TTHC")], row[HEADERS.index("Lĩnh vực")] = "9.999999", odd_field(place)
        other[HEADERS.index("Mã TTHC")] = odd_procedure(place)
    contents = [
        (as_csv([HEADERS, *wrong]), 1),
        (as_csv([HEADERS, *odd]), 0),
        (as_xlsx([HEADERS, *nowhere]), 1),
        (as_csv(right), 0),
        (as_xlsx(right), 0),
        (as_csv(names), 1),
    ]
    otherwise = {}
    for place, (content, expected) in enumerate(contents):
        (folder / "export").write_bytes(content)
        for more in ([], ["--dry-run"]):
            ended = main(["dossiers", "import", str(folder / "export"), "--config", str(config), *more])
            if ended != expected:
                otherwise[place] = ended
    return otherwise


def feed_way_back(running: RunningOffice, province: OneStop, some: list[Dossier]) -> None:
    office = running.story.app.office.code
    province.store.put_dossiers(office, spiteful(some))
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")
    journal = JournalClient(running.address, running.story.token("sync"))
    fetch = DossierFetch(
        CloudEventsHttp(section, office), journal, lambda: 0.5, sanitizer_for(running.story.app.configuration)
    )
    while fetch.run_once() == 0:
        pass


def feed_portal(running: RunningOffice, province: OneStop, some: list[Dossier]) -> None:
    load(province, some)
    for place, one in enumerate(some[:20]):  # people where no person belongs
        key = ["TenLinhVuc", "TrangThaiHoSo", "MaTTHC", "KenhThucHien", "NgayTiepNhan"][place % 5]
        province.portal.dossiers[one.code] |= {key: PEOPLE[place].name}
    for place, one in enumerate(some[20:-2]):
        more = {"MaTTHC": odd_procedure(place)} if place % 4 == 3 else {"MaTTHC": "9.999999"}
        province.portal.dossiers[one.code] |= more | {"TenLinhVuc": odd_field(place)}
    told = {"8.888888": PEOPLE[2].name.lower(), "7.777777": bare(PEOPLE[3].name), odd_procedure(0): "Hộ tịch"}
    for one, code in zip(some[-len(told) :], told, strict=True):
        province.portal.dossiers[one.code] |= {"MaTTHC": code, "TenLinhVuc": told[code]}
    province.portal.load(
        [], [{"MATTHC": code, "TENTTHC": PEOPLE[2].name, "TENLINHVUC": field} for code, field in told.items()]
    )
    follower = watch(running, province)
    for mode in ("refuse", "refuse", "other", "html"):
        province.portal.fail(mode)
        follower.run_once()
        running.story.clock.passes(3600)
    follower.run_once()
    watch(running, province).run_once()  # with the portal's catalogue


def test_no_person_fed_upstream_is_found_in_the_house(
    running: RunningOffice,
    province: OneStop,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    some = ba_vi(running.story)[-60:]
    some[-1] = replace(some[-1], procedure=some[-3].procedure, field="Hộ tịch")  # in progress, of a field with names
    running.story.clock.jumps_to("2024-04-12T09:00:00+07:00")
    feed_portal(running, province, some[30:])
    feed_way_back(running, province, some[15:45])
    said = by_usb(running, province, tmp_path, spiteful(some[5:35]))
    otherwise = feed_files(running, tmp_path, some)
    assert len(running.send("GET", "/api/v1/dossiers", "sync")["dossiers"]) == 60
    told = capsys.readouterr()
    places = files(tmp_path / "state") | shown(running)
    places |= {"log": caplog.text.encode(), "stdout": (told.out + "".join(said)).encode(), "stderr": told.err.encode()}
    assert {"office.db", "office.db-wal", "board", "sent", "csv"} <= set(places)
    assert {name: found for name, data in places.items() if (found := seen(data))} == {}
    masks = spelled({person.masked for person in PEOPLE})
    named = {name for name, data in places.items() if any(mask in data for mask in masks)}
    if running.story.app.office.masked_names:
        assert "board" in named and named <= {"office.db", "office.db-wal", "board"}
    else:
        assert named == set()
    assert otherwise == {}


def test_the_search_finds_whoever_is_there(running: RunningOffice, tmp_path: Path) -> None:
    """A clerk's note is free text of the running's own; the search must see it, in the write-ahead log as well."""
    ticket = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/notes", "counter", {"text": f"Gọi {PEOPLE[7].name}"}, "1")
    found = {name for name, data in files(tmp_path / "state").items() if seen(data) == [PEOPLE[7].name]}
    assert found and all("office.db" in name for name in found)
    for spelling in spellings(PEOPLE[3]):
        assert seen(io.BytesIO(b"..." + spelling + b"...").getvalue()) == [PEOPLE[3].name]


def test_the_service_itself_refuses_a_number_of_a_person(running: RunningOffice) -> None:
    """The last line, for programs that talk to it past our sanitizer."""
    numbers = [written for written in PEOPLE[1].written() if any(letter.isdigit() for letter in written)]
    good, mail, *bad = (dossier_data(one) for one in ba_vi(running.story)[: 2 + len(numbers)])
    good |= {"step": "hẹn trả 14/04/2024"}
    mail |= {"step": "gửi a@b.vn"}
    for place, (one, written) in enumerate(zip(bad, numbers, strict=True)):
        one |= {"field": written} if place % 2 else {"not_digitised_reason": f"gọi {written}", "digitised": False}
    answer = running.send("PUT", "/api/v1/dossiers", "sync", [good, mail, *bad])
    assert answer["created"] == 1
    assert [one["code"] for one in answer["refused"]] == [one["code"] for one in (mail, *bad)]
