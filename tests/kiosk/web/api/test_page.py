"""What each page, and the TV, is told of the configuration."""

from __future__ import annotations

import gzip

import pytest

from tests.office import OfficeStory

# page: the sections of the configuration it is given
SECTIONS = {
    "kiosk": {"office", "services", "counters", "priorities", "procedures", "public_url", "kiosk", "survey"},
    "counter": {"office", "services", "counters", "survey"},
    "tablet": {"office", "services", "counters", "survey", "officers", "notices", "board", "kiosk"},
    "admin": {"office", "services", "counters", "survey"},
    "board": {"office", "services", "counters", "public_url", "board"},
    "ticket": {"office", "services", "counters", "survey"},
    "voices": {"office", "services", "counters"},
}


@pytest.mark.parametrize("page", SECTIONS)
def test_a_page_is_given_the_sections_it_needs_and_no_other(small_office: OfficeStory, page: str) -> None:
    answer = small_office.send("GET", f"/api/v1/page/{page}", "admin")
    assert answer.status_code == 200 and answer.json is not None
    assert answer.json["page"] == page
    assert set(answer.json["shown"]) == SECTIONS[page]


def test_a_page_speaks_the_first_language_of_the_office(small_office: OfficeStory) -> None:
    answer = small_office.send("GET", "/api/v1/page/kiosk", None).json
    assert answer is not None and answer["language"] == "vi"
    assert answer["sentences"]["Take a number"] == "Lấy số"


def test_a_page_is_given_its_own_sentences_only(small_office: OfficeStory) -> None:
    board = small_office.send("GET", "/api/v1/page/board", "board").json
    assert board is not None and board["sentences"]["Now waiting"] == "Đang chờ"
    assert "Take a number" not in board["sentences"], "nobody takes a number at the screen"
    assert small_office.send("GET", "/api/v1/page/start", None).status_code == 404, "it has no script"


def test_nobody_is_told_addresses_or_secrets(small_office: OfficeStory) -> None:
    for page in SECTIONS:
        text = str(small_office.send("GET", f"/api/v1/page/{page}", "admin").json["shown"])
        for word in ("sqlite", "tcp://", "service_url", "hmac", "password", "trusted_proxies", "bind"):
            assert word not in text


@pytest.mark.parametrize("page", SECTIONS)
@pytest.mark.parametrize("role", [None, "kiosk", "sync"])
def test_a_page_speaks_before_its_device_is_paired(small_office: OfficeStory, page: str, role: str | None) -> None:
    assert small_office.send("GET", f"/api/v1/page/{page}", role).status_code == 200


def test_an_unknown_page_is_refused(small_office: OfficeStory) -> None:
    answer = small_office.send("GET", "/api/v1/page/../../etc/passwd", "admin")
    assert answer.status_code == 404
    answer = small_office.send("GET", "/api/v1/page/kitchen", "admin")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_asking_again_with_the_etag_costs_nothing(small_office: OfficeStory) -> None:
    first = small_office.send("GET", "/api/v1/page/board", "board")
    etag = first.headers["ETag"]
    assert etag.startswith('"') and first.headers.get_all("Cache-Control") == ["no-cache"]
    again = small_office.send("GET", "/api/v1/page/board", "board", If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    other = small_office.send("GET", "/api/v1/page/board", "board", If_None_Match='"something else"')
    assert other.status_code == 200 and other.json == first.json


def test_each_page_has_an_etag_of_its_own(small_office: OfficeStory) -> None:
    etags = {small_office.send("GET", f"/api/v1/page/{page}", "admin").headers["ETag"] for page in SECTIONS}
    assert len(etags) == len(SECTIONS)


def test_a_page_travels_packed_to_who_takes_it_so(small_office: OfficeStory) -> None:
    client = small_office.service.flask_app.test_client()
    plain = client.get("/api/v1/page/kiosk")
    packed = client.get("/api/v1/page/kiosk", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) * 2 < len(plain.data)
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    again = client.get("/api/v1/page/kiosk", headers={"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
