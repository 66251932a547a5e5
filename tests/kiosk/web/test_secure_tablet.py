"""A tablet in Chromium that installed the office's authority: trusted, with a microphone, through a renewal."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from kiosk.actions import calling
from kiosk.maintenance.certificates import authority_der
from tests.browser import ARGUMENTS, CHROMIUM
from tests.kiosk.secure_office import NAME, SecureOffice, secure_office
from tests.pages.looks import on_screen

CERTUTIL = shutil.which("certutil") or "/usr/bin/certutil"
HEARS = """async () => {
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  return sound.getAudioTracks().map((track) => track.readyState);
}"""


@pytest.fixture(params=["the service", "nginx"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SecureOffice]:
    with secure_office(tmp_path, request.param) as made:
        yield made


def installed(home: Path, authority: bytes) -> None:
    """What a technician does once on a tablet: the authority is one of those that its user trusts."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    (home / "ca.crt").write_bytes(authority)
    database = f"sql:{store}"
    subprocess.run([CERTUTIL, "-d", database, "-N", "--empty-password"], check=True)
    trust = [CERTUTIL, "-d", database, "-A", "-t", "C,,", "-n", "office", "-i", str(home / "ca.crt")]
    subprocess.run(trust, check=True)


def tablet(browser: Browser, home: Path, *more: str) -> Browser:
    """A browser of its own on a tablet, for which the office's name leads to this machine."""
    names = [f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--use-fake-device-for-media-stream"]
    environment: dict[str, str | float | bool] = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    arguments = [*ARGUMENTS, *names, "--use-fake-ui-for-media-stream", *more]
    return browser.browser_type.launch(executable_path=CHROMIUM, args=arguments, env=environment)


def stored(office: SecureOffice, page: Page) -> list[dict[str, str]]:
    """The answers in the journal, once there are any."""
    for _ in range(100):
        if rated := [
            event["data"]["answers"] for event in office.story.events() if event["type"] == "rating.submitted"
        ]:
            return rated
        page.wait_for_timeout(100)
    return []


def test_a_tablet_trusts_the_office_hears_and_goes_on_through_a_renewal(
    office: SecureOffice, browser: Browser, tmp_path: Path
) -> None:
    authority = authority_der()
    assert authority is not None
    installed(tmp_path / "tablet", authority)
    address = f"https://{NAME}:{office.port}"
    opened = tablet(browser, tmp_path / "tablet")
    page = opened.new_page(service_workers="block")
    page.goto(f"{address}/tablet?counter=1#token={office.story.token('tablet', '1')}")
    on_screen(page, "idle")
    assert page.evaluate("isSecureContext") and page.evaluate(HEARS) == ["live"]

    ticket = office.story.take_number("HT")
    office.story.call_next("1")
    on_screen(page, "serving")
    office.renew()
    with office.story.unit() as unit:
        calling.complete(unit, ticket.id)
    on_screen(page, "rate")
    page.click("[data-level=very_satisfied]")
    on_screen(page, "thanks")
    office.story.take_number("HT")
    office.story.call_next("1")  # the next citizen comes: what was answered goes out
    assert stored(office, page) == [{"attitude": "very_satisfied"}]
    opened.close()

    again = tablet(browser, tmp_path / "tablet")  # after a night: every connection is new
    page = again.new_page()
    answer = page.goto(f"{address}/tablet?counter=1")
    assert answer is not None and answer.status == 200
    again.close()


def test_who_did_not_install_the_authority_is_warned(office: SecureOffice, browser: Browser, tmp_path: Path) -> None:
    stranger = tablet(browser, tmp_path / "stranger")
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        stranger.new_page().goto(f"https://{NAME}:{office.port}/tablet")
    stranger.close()


def test_without_tls_a_tablet_has_no_microphone(office: SecureOffice, browser: Browser, tmp_path: Path) -> None:
    plain = tablet(browser, tmp_path / "plain")
    page = plain.new_page()
    page.goto(f"http://{NAME}:{office.listeners.plain.port}/tablet")
    assert not page.evaluate("isSecureContext") and page.evaluate("navigator.mediaDevices") is None
    plain.close()
