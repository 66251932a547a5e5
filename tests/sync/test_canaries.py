"""No name, phone or ID number comes past the edge: twenty people are fed upstream, then every byte is searched."""

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
from kiosk.actions.dossiers import facts_of
from kiosk.cli import main
from kiosk.domain.dossier import Dossier
from sync.cloudevents_http import CloudEventsHttp
from sync.dossiers.edge import edge_for
from sync.dossiers.fetch import DossierFetch
from sync.envelope import encoded
from sync.journal_client import JournalClient
from sync.simulator.onestop import OneStop
from tests.pages.conftest import House, open_house
from tests.sync.exports import HEADERS, PEOPLE, Person, as_csv, as_xlsx, export_rows
from tests.sync.portal import ba_vi, load, watch
from tests.sync.ways import by_stick

NAMED = ["Hộ tịch", "Chứng thực", "Đất đai", "Xây dựng", "Môi trường"]


@pytest.fixture(params=[[], NAMED], ids=["names off", "masked names on"])
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[House]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "state"))
    (tmp_path / "state").mkdir()
    yield from open_house(tmp_path / "state", masked_names=request.param)


def spellings(person: Person) -> set[bytes]:
    return spelled(person.traces())


def spelled(traces: Iterable[str]) -> set[bytes]:
    """Every way in which a trace may lie in a file."""
    found: set[bytes] = set()
    for trace in traces:
        for text in {trace, unicodedata.normalize("NFD", trace), trace.lower(), json.dumps(trace)[1:-1]}:
            found |= {text.encode(), text.encode("utf-16-le")}
    return found


def seen(data: bytes) -> list[str]:
    return [person.name for person in PEOPLE if any(spelling in data for spelling in spellings(person))]


def files(folder: Path) -> dict[str, bytes]:
    """Database, write-ahead log, tokens, voices: all that the house keeps."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def shown(house: House) -> dict[str, bytes]:
    """What leaves the house: the TV's snapshot, kiosk, followers, reports, the journal as it is sent."""
    def got(path: str, role: str) -> bytes:
        return house.story.send("GET", path, role).data

    reports = {
        kind: got(f"/api/v1/reports/daily?from=2024-04-01&to=2024-04-30&format={kind}", "report")
        for kind in ("json", "csv", "html")
    }
    journal = house.send("GET", "/api/v1/journal?after=0&limit=1000", "sync")["events"]
    return {
        "board": got("/api/v1/board", "board"), "board page": got("/board", "board"),
        "followers": got("/api/v1/followers", "admin"), "summary": got("/api/v1/admin/summary", "admin"),
        "dossiers": got("/api/v1/dossiers", "sync"), "metrics": got("/metrics", "admin"),
        "sent": b"".join(encoded(event) for event in journal), **reports,
    }  # fmt: skip


def spiteful(dossiers: list[Dossier]) -> list[dict[str, Any]]:
    """Dossiers of the contract with people in every text, known and unknown."""
    rows = []
    for place, one in enumerate(dossiers):
        who = PEOPLE[place % len(PEOPLE)]
        texts = {"step": f"{who.name} đang xử lý", "not_digitised_reason": f"{who.name} giữ", "digitised": False}
        more = {"owner": who.name, "phone": who.phone, "note": {"id": who.number}}
        names = [who.name, f"Máy {who.phone}", who.number, who.name.upper()]
        field = {"field": names[place % 4], "procedure": "9.999999"} if place % 3 == 0 else {}
        rows.append(facts_of(one) | texts | more | field)
    rows.append(facts_of(dossiers[0]) | {"code": PEOPLE[0].name})
    rows.append(facts_of(dossiers[0]) | {"channel": PEOPLE[1].name, "received_at": PEOPLE[1].phone})
    return rows


def feed_files(house: House, folder: Path, some: list[Dossier]) -> None:
    config = folder / "office.toml"
    database = f'\nurl = "sqlite:///{folder / "state" / "office.db"}"'
    text = sample_text().replace('\nurl = ""', database, 1)
    if house.story.house.office.masked_names:
        text = text.replace("masked_names = []", f"masked_names = {json.dumps(NAMED, ensure_ascii=False)}", 1)
    config.write_text(text, encoding="utf-8")
    wrong = export_rows(some[:20])
    for place, row in enumerate(wrong):
        row[place % len(row)] = PEOPLE[place].name
        row[(place + 5) % len(row)] = PEOPLE[place].phone
    right, names = [HEADERS, *export_rows(some)], [["Người nộp"], *([person.name] for person in PEOPLE)]
    contents = [(as_csv([HEADERS, *wrong]), 1), (as_csv(right), 0), (as_xlsx(right), 0), (as_csv(names), 1)]
    for content, expected in contents:
        (folder / "export").write_bytes(content)
        for more in ([], ["--dry-run"]):
            assert main(["dossiers", "import", str(folder / "export"), "--config", str(config), *more]) == expected


def feed_way_back(house: House, province: OneStop, some: list[Dossier]) -> None:
    office = house.story.house.office.code
    province.store.put_dossiers(office, spiteful(some))
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")  # type: ignore[attr-defined]
    journal = JournalClient(house.address, house.story.token("sync"))
    fetch = DossierFetch(
        CloudEventsHttp(section, office), journal, lambda: 0.5, edge_for(house.story.house.configuration)
    )
    while fetch.exchange() == 0:
        pass


def feed_portal(house: House, province: OneStop, some: list[Dossier]) -> None:
    load(province, some)
    for place, one in enumerate(some[:20]):  # people where no person belongs
        key = ["TenLinhVuc", "TrangThaiHoSo", "MaTTHC", "KenhThucHien", "NgayTiepNhan"][place % 5]
        province.portal.dossiers[one.code] |= {key: PEOPLE[place].name}
    province.portal.dossiers[some[-1].code]["MaTTHC"] = "8.888888"
    province.portal.load([], [{"MATTHC": "8.888888", "TENTTHC": PEOPLE[2].name, "TENLINHVUC": PEOPLE[2].name}])
    follower = watch(house, province)
    for mode in ("refuse", "refuse", "other", "html"):
        province.portal.fail(mode)
        follower.exchange()
        house.story.clock.passes(3600)
    follower.exchange()
    watch(house, province).exchange()  # with the portal's catalogue


def test_no_person_fed_upstream_is_found_in_the_house(
    house: House, province: OneStop, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    some = ba_vi(house.story)[-60:]
    some[-1] = replace(some[-1], procedure=some[-3].procedure, field="Hộ tịch")  # in progress, of a field with names
    house.story.clock.jumps_to("2024-04-12T09:00:00+07:00")
    feed_portal(house, province, some[30:])
    feed_way_back(house, province, some[15:45])
    said = by_stick(house, province, tmp_path, spiteful(some[5:35]))
    feed_files(house, tmp_path, some)
    assert len(house.send("GET", "/api/v1/dossiers", "sync")["dossiers"]) == 60
    told = capsys.readouterr()
    places = files(tmp_path / "state") | shown(house)
    places |= {"log": caplog.text.encode(), "stdout": (told.out + "".join(said)).encode(), "stderr": told.err.encode()}
    assert {"office.db", "office.db-wal", "board", "sent", "csv"} <= set(places)
    assert {name: found for name, data in places.items() if (found := seen(data))} == {}
    masks = spelled({person.masked for person in PEOPLE})
    named = {name for name, data in places.items() if any(mask in data for mask in masks)}
    if house.story.house.office.masked_names:
        assert "board" in named and named <= {"office.db", "office.db-wal", "board"}
    else:
        assert named == set()


def test_the_search_finds_whoever_is_there(house: House, tmp_path: Path) -> None:
    """A clerk's note is free text of the house's own; the search must see it, in the write-ahead log as well."""
    ticket = house.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    house.send("POST", f"/api/v1/tickets/{ticket['id']}/notes", "counter", {"text": f"Gọi {PEOPLE[7].name}"}, "1")
    found = {name for name, data in files(tmp_path / "state").items() if seen(data) == [PEOPLE[7].name]}
    assert found and all("office.db" in name for name in found)
    for spelling in spellings(PEOPLE[3]):
        assert seen(io.BytesIO(b"..." + spelling + b"...").getvalue()) == [PEOPLE[3].name]


def test_the_service_itself_refuses_a_number_of_a_person(house: House) -> None:
    """The last line, for programs that talk to it without our edge."""
    good, phone, identity, mail = (facts_of(one) for one in ba_vi(house.story)[:4])
    phone |= {"not_digitised_reason": f"gọi {PEOPLE[1].phone[:4]} {PEOPLE[1].phone[4:]}"}
    identity |= {"field": PEOPLE[1].number}
    mail |= {"step": "gửi a@b.vn"}
    answer = house.send("PUT", "/api/v1/dossiers", "sync", [good, phone, identity, mail])
    assert answer["created"] == 1
    assert [one["code"] for one in answer["refused"]] == [phone["code"], identity["code"], mail["code"]]
