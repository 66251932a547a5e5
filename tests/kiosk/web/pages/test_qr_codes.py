"""The square for phones: a QR code, only of addresses that the service gives out itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pyzbar.pyzbar import decode
from werkzeug.test import TestResponse

from kiosk.web.pages.qr_codes import qr_svg
from tests.office import OfficeStory, sample_configuration

ADDRESSES = ["http://a.vn/t/abc", "https://motcua.bavi.gov.vn/t/7Kd2mPq9XwZ4", "https://x.vn/" + "a" * 80]
MODULE = re.compile(r"M(\d+) (\d+)h1v1h-1z")


@pytest.fixture
def public_office(home: Path) -> Iterator[OfficeStory]:
    plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}")
    server = plain.server.model_copy(update={"public_url": "https://mc.bavi.vn/"})
    story = OfficeStory("", plain.model_copy(update={"server": server}))
    yield story
    story.close()


def get(story: OfficeStory, path: str) -> TestResponse:
    return story.service.flask_app.test_client().get(path)


def read(svg: str) -> list[str]:
    """What a phone reads from the code when it stands on white paper."""
    size = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    picture = Image.new("L", (size + 8, size + 8), 255)
    for x, y in MODULE.findall(svg):
        picture.putpixel((int(x) + 4, int(y) + 4), 0)
    large = picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)
    return [code.data.decode() for code in decode(large)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_phone_reads_the_address_from_the_code(address: str) -> None:
    assert read(qr_svg(address)) == [address]


def test_the_code_of_a_ticket_carries_the_address_that_the_kiosk_was_told(public_office: OfficeStory) -> None:
    ticket = public_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    assert ticket["follow_url"] == f"https://mc.bavi.vn/t/{ticket['public_token']}"
    answer = get(public_office, f"/t/{ticket['public_token']}/qr.svg")
    assert answer.status_code == 200 and answer.content_type == "image/svg+xml"
    assert read(answer.text) == [ticket["follow_url"]]
    assert answer.headers["Cache-Control"] == "max-age=3600"


def test_the_code_of_the_procedures_carries_their_public_address(public_office: OfficeStory) -> None:
    answer = get(public_office, "/procedures/qr.svg")
    assert read(answer.text) == ["https://mc.bavi.vn/procedures"]


@pytest.mark.parametrize("token", ["nothing", "https:%2F%2Fevil.example", "<svg>"])
def test_no_other_text_can_be_had_as_a_code(public_office: OfficeStory, token: str) -> None:
    assert get(public_office, f"/t/{token}/qr.svg").status_code == 404


def test_a_ticket_of_yesterday_has_no_code_any_more(public_office: OfficeStory) -> None:
    ticket = public_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    public_office.clock.passes(24 * 3600)
    public_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    assert get(public_office, f"/t/{ticket['public_token']}/qr.svg").status_code == 404


def test_without_a_public_address_there_is_no_code(small_office: OfficeStory) -> None:
    ticket = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    assert get(small_office, f"/t/{ticket['public_token']}/qr.svg").status_code == 404
    assert get(small_office, "/procedures/qr.svg").status_code == 404
    assert get(small_office, "/procedures/1.001193/qr.svg").status_code == 404


def test_a_procedure_has_a_code_of_its_own_and_one_that_there_is_not_has_none(public_office: OfficeStory) -> None:
    answer = get(public_office, "/procedures/1.001193/qr.svg")
    assert read(answer.text) == ["https://mc.bavi.vn/procedures/1.001193"]
    assert get(public_office, "/procedures/9.999999/qr.svg").status_code == 404
