"""Chromium under the policy of a public screen: its page opens; staff's pages and their door do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from kiosk.maintenance.certificates import authority_der
from kiosk.public_screens.policy import managed_policy
from kiosk.public_screens.screen import SCREENS
from tests.kiosk.public_screens.chords import browser_under
from tests.kiosk.public_screens.test_chords import Heard
from tests.kiosk.secure_office import NAME, secure_office

ARGUMENTS = ["--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def doors() -> Iterator[tuple[Heard, Heard]]:
    """The door of screens and that of staff."""
    both = Heard(), Heard()
    yield both
    for one in both:
        one.close()


@pytest.fixture(params=["kiosk", "tablet"])
def page(
    request: pytest.FixtureRequest, doors: tuple[Heard, Heard], browser: Browser, tmp_path: Path
) -> Iterator[tuple[str, Page]]:
    policy = managed_policy(SCREENS[request.param], doors[0].address)
    policy["DeveloperToolsAvailability"] = 1  # allowed: the policy as it is refuses whoever steers the browser, as us
    program = browser_under(tmp_path, policy)
    locked = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=program, args=ARGUMENTS
    )
    yield request.param, locked.pages[0]
    locked.close()


def test_a_public_screen_opens_its_own_page_alone(page: tuple[str, Page], doors: tuple[Heard, Heard]) -> None:
    (kind, shown), (screens, staff) = page, doors
    answer = shown.goto(f"{screens.address}/{kind}")
    assert answer is not None and answer.status == 200
    for address in (f"{screens.address}/admin", f"{screens.address}/counter", f"{staff.address}/admin", staff.address):
        with pytest.raises(Error, match="ERR_BLOCKED_BY_ADMINISTRATOR"):
            shown.goto(address)
    assert staff.paths == [] and "/admin" not in screens.paths


@pytest.mark.parametrize("is_given", [True, False])
def test_a_screen_trusts_the_offices_authority_when_its_policy_holds_it(
    is_given: bool, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "machine").mkdir()
    with secure_office(tmp_path, "the service") as office:
        address = f"https://{NAME}:{office.port}"
        policy = managed_policy(SCREENS["tablet"], address, authority=authority_der() if is_given else None)
        policy["DeveloperToolsAvailability"] = 1
        locked = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=browser_under(tmp_path / "machine", policy),
            args=[*ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
        )
        if is_given:
            answer = locked.pages[0].goto(f"{address}/tablet")
            assert answer is not None and answer.status == 200 and locked.pages[0].evaluate("isSecureContext")
        else:
            with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
                locked.pages[0].goto(f"{address}/tablet")
        locked.close()
