"""Which addresses a public screen opens: decided by the rules of Chromium's URL filters, written out by hand."""

from __future__ import annotations

import pytest

from kiosk.public_screens.policy import managed_policy
from kiosk.public_screens.screen import SCREENS, by_line

SERVICE = "http://192.168.1.5:8080"
PORTALS = ["https://dichvucong.gov.vn/p/home", "https://www.quangngai.gov.vn"]


def test_a_kiosk_opens_its_own_page_and_nothing_else() -> None:
    policy = managed_policy(SCREENS["kiosk"], SERVICE, PORTALS)
    assert policy["URLAllowlist"] == ["http://192.168.1.5:8080/kiosk"]
    blocked = policy["URLBlocklist"]
    assert isinstance(blocked, list)
    assert {"*", "chrome://*", "file://*", "view-source:*", "javascript://*", "devtools://*"} <= set(blocked)


def test_a_filing_pc_opens_the_portals_by_https_with_their_neighbours() -> None:
    policy = managed_policy(SCREENS["filing"], SERVICE, PORTALS)
    assert policy["URLAllowlist"] == [
        "http://192.168.1.5:8080/filing",
        "https://dichvucong.gov.vn",
        "https://quangngai.gov.vn",
    ]
    assert policy["ShowHomeButton"] is True and policy["HomepageLocation"] == "http://192.168.1.5:8080/filing?locked=1"


@pytest.mark.parametrize("portal", ["http://dichvucong.gov.vn", "dichvucong.gov.vn", "file:///etc/passwd", ""])
def test_a_portal_without_https_is_refused(portal: str) -> None:
    with pytest.raises(ValueError, match=r"must start with https|is no address"):
        managed_policy(SCREENS["filing"], SERVICE, [portal])


@pytest.mark.parametrize("service", ["192.168.1.5:8080", "ftp://192.168.1.5", "http://", ""])
def test_what_is_no_service_is_refused(service: str) -> None:
    with pytest.raises(ValueError, match="is no address of a service"):
        managed_policy(SCREENS["kiosk"], service)


@pytest.mark.parametrize("kind", sorted(SCREENS))
def test_no_screen_has_tools_downloads_printing_or_other_windows(kind: str) -> None:
    policy = managed_policy(SCREENS[kind], SERVICE)
    assert policy["DeveloperToolsAvailability"] == 2, "2: nowhere"
    assert policy["DownloadRestrictions"] == 3, "3: all are blocked"
    assert policy["IncognitoModeAvailability"] == 1, "1: not available"
    assert policy["DefaultPopupsSetting"] == 2, "2: blocked"
    assert not policy["PrintingEnabled"] and not policy["PasswordManagerEnabled"]


@pytest.mark.parametrize(
    ("kind", "microphone", "camera", "files"),
    [("kiosk", [], [SERVICE], False), ("tablet", [SERVICE], [], False), ("filing", [], [], True)],
)
def test_each_screen_may_use_only_what_its_page_needs(
    kind: str, microphone: list[str], camera: list[str], files: bool
) -> None:
    policy = managed_policy(SCREENS[kind], SERVICE)
    assert policy["AudioCaptureAllowedUrls"] == microphone and policy["AudioCaptureAllowed"] is False
    assert policy["VideoCaptureAllowedUrls"] == camera and policy["VideoCaptureAllowed"] is False
    assert policy["AllowFileSelectionDialogs"] is files


def test_a_filing_pc_reaches_the_portals_by_its_proxy_and_the_service_without_it() -> None:
    policy = managed_policy(SCREENS["filing"], SERVICE, PORTALS, proxy="127.0.0.1:8888")
    assert policy["ProxySettings"] == {
        "ProxyMode": "fixed_servers",
        "ProxyServer": "127.0.0.1:8888",
        "ProxyBypassList": "192.168.1.5",
    }
    assert "ProxySettings" not in managed_policy(SCREENS["filing"], SERVICE, PORTALS)


@pytest.mark.parametrize(
    ("service", "told"),
    [
        ("http://127.0.0.1:8080", []),
        ("https://192.168.1.5:8443", ["--host-resolver-rules=MAP 192.168.1.5:8443 127.0.0.1:8080"]),
        ("https://motcua.example", ["--host-resolver-rules=MAP motcua.example:443 127.0.0.1:8080"]),
    ],
)
def test_what_goes_to_the_service_goes_to_the_line(service: str, told: list[str]) -> None:
    assert by_line(service, "127.0.0.1:8080") == told
