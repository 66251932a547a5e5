"""The page of the one-stop side that reads bundles, the calls behind it, and the words that people read."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser

from sync.bundles import answers, export, program, state
from sync.bundles.format import files, frames
from sync.receiver import bundle_check, bundle_receiver
from sync.simulator.onestop import OneStop
from sync.wording import translate
from tests.sync.journal import OFFICE, Office
from tests.sync.usb import Trip

SPEAKING = (frames, bundle_check, bundle_receiver, export, files, answers, program, state)


@pytest.fixture
def trip(office: Office, province: OneStop, home: Path) -> Trip:
    office.happen(1204)
    trip = Trip(office, home, province.bundles)
    trip.store = province.store
    return trip


def at(province: OneStop, path: str = "") -> str:
    return f"http://127.0.0.1:{province.port}/bundles{path}"


@pytest.mark.parametrize("room", SPEAKING, ids=lambda room: room.__name__)
def test_every_sentence_about_a_stick_has_a_vietnamese_one(room: object) -> None:
    module = importlib.import_module(room.__name__)  # type: ignore[attr-defined]
    sentences = [
        text
        for name, text in vars(module).items()
        if name.isupper() and isinstance(text, str) and " " in text and "CREATE" not in text
    ]
    fields = dict.fromkeys(
        (
            "file",
            "theirs",
            "ours",
            "fingerprint",
            "serial",
            "taken",
            "first",
            "last",
            "seq",
            "office",
            "key",
            "count",
            "parts",
            "place",
            "error",
            "folder",
            "created",
            "updated",
            "unchanged",
            "refused",
            "bundle",
            "reason",
        ),
        "x",
    )
    assert sentences
    for sentence in sentences:
        assert translate(sentence, **fields) != translate(sentence, "en", **fields), sentence


def test_a_clerk_of_the_province_registers_reads_and_takes_the_answer_on_one_page(
    trip: Trip, province: OneStop, browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(at(province))
    page.fill("input[name=office]", OFFICE)
    page.fill("input[name=key]", "ed25519:abc")
    page.click("text=Đăng ký >> nth=-1")
    assert "is not a public key" in page.inner_text("[role=alert]")
    page.fill("input[name=office]", OFFICE)
    page.fill("input[name=key]", trip.bundles().signer().public)
    page.locator("form[action='/bundles/keys'] button").click()
    page.set_input_files("input[name=bundle]", [str(path) for path in trip.export()])
    page.locator("form[action='/bundles/page'] button").click()
    assert page.inner_text("[role=status]") == f"{OFFICE}: đã nhận sự kiện 1 đến 1.204"
    with page.expect_download() as waiting:
        page.click("text=Lấy biên nhận")
    answer = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(answer)
    page.set_input_files("input[name=bundle]", str(answer))
    page.locator("form[action='/bundles/page'] button").click()
    assert "mang về cơ quan" in page.inner_text("[role=status]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
    trip.bundles().import_answer(answer)
    assert trip.office.followers["usb"]["cursor"] == 1204 and trip.arrived() == trip.office.known()


def test_a_program_posts_a_bundle_and_fetches_the_answer(trip: Trip, province: OneStop, tmp_path: Path) -> None:
    body = trip.export()[0].read_bytes()
    refused = requests.post(at(province), data=body, timeout=10)
    assert (refused.status_code, refused.json()["code"]) == (409, "foreign")
    trip.registered()
    taken = requests.post(at(province), data=body, timeout=10)
    assert (taken.status_code, taken.json()["code"], taken.json()["accepted_through"]) == (200, "taken", 1204)
    answer = requests.get(at(province, f"/answer?office={OFFICE}"), timeout=10)
    assert answer.headers["Content-Type"] == "application/vnd.motcua.bundle"
    path = tmp_path / "answer.mcb"
    path.write_bytes(answer.content)
    trip.bundles().import_answer(path)
    assert trip.office.followers["usb"]["cursor"] == 1204


@pytest.mark.parametrize("office", ["", "ba-to", "../../etc/passwd"])
def test_only_registered_offices_get_an_answer(office: str, province: OneStop) -> None:
    assert requests.get(at(province, "/answer"), params={"office": office}, timeout=10).status_code == 404


def test_what_stands_in_a_bundle_is_shown_as_text_and_never_run(trip: Trip, province: OneStop) -> None:
    from sync.bundles.format.keys import Signer
    from tests.sync.usb import events_header, forged, whole

    signer = Signer(bytes(32))
    evil = {**events_header(signer), "office": "<script>alert(1)</script>"}
    requests.post(at(province), data=forged(trip.stick / "x.mcb", signer, evil, *whole([])).read_bytes(), timeout=10)
    shown = requests.get(at(province), timeout=10).text
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
