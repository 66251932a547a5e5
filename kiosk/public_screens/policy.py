"""Chromium's managed policy for a public screen: which addresses open, and what else the browser does not do.

Names and meanings: https://chromeenterprise.google/policies/. The file belongs into /etc/chromium/policies/managed/.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from kiosk.public_screens.screen import PublicScreen, origin_of, page_address

Value = bool | int | str | list[str] | dict[str, str]

NAME = re.compile(r"[A-Za-z0-9.-]+")

# 2: no developer tools; 3: no downloads at all; 2: sites may not ask
FORBIDDEN: Mapping[str, Value] = {
    "AllowDinosaurEasterEgg": False,
    "AutofillAddressEnabled": False,
    "AutofillCreditCardEnabled": False,
    "BackgroundModeEnabled": False,
    "BookmarkBarEnabled": False,
    "BrowserAddPersonEnabled": False,
    "BrowserGuestModeEnabled": False,
    "BrowserSignin": 0,
    "ComponentUpdatesEnabled": False,
    "DefaultBrowserSettingEnabled": False,
    "DefaultGeolocationSetting": 2,
    "DefaultNotificationsSetting": 2,
    "DefaultPopupsSetting": 2,
    "DefaultSearchProviderEnabled": False,
    "DeveloperToolsAvailability": 2,
    "DownloadRestrictions": 3,
    "EditBookmarksEnabled": False,
    "EnableMediaRouter": False,
    "ExtensionInstallBlocklist": ["*"],
    "IncognitoModeAvailability": 1,
    "MetricsReportingEnabled": False,
    "PasswordManagerEnabled": False,
    "PrintingEnabled": False,
    "PromotionsEnabled": False,
    "SavingBrowserHistoryDisabled": True,
    "ScreenCaptureAllowed": False,
    "SearchSuggestEnabled": False,
    "SpellcheckEnabled": False,
    "SyncDisabled": True,
    "TaskManagerEndProcessEnabled": False,
    "TranslateEnabled": False,
}


def managed_policy(
    screen: PublicScreen,
    service: str,
    portals: Iterable[str] = (),
    authority: bytes | None = None,
    proxy: str | None = None,
) -> dict[str, Value]:
    """`portals`: addresses that a filing PC may leave for, with all that lies below each; `authority`: the office's
    certificate authority (DER), which this browser trusts beside the public ones; `proxy` (host:port): through it the
    portals are reached, and the service without it. Raises ValueError.

    Only the screen's own page is on the list: `/admin` and `/counter` of the same service do not open there.
    """
    page, origin = page_address(screen, service), origin_of(service)
    beyond = sorted(_portal_filter(one) for one in portals) if screen.opens_portals else []
    allowed = [f"{origin}/{screen.name}", *beyond]
    return {
        **FORBIDDEN,
        **({} if authority is None else {"CACertificates": [b64encode(authority).decode()]}),
        **({} if proxy is None else {"ProxySettings": _by_proxy(proxy, service)}),
        "AllowFileSelectionDialogs": screen.opens_portals,  # papers are handed in from a stick or the scanner's folder
        "AudioCaptureAllowed": False,
        "AudioCaptureAllowedUrls": [origin] if screen.listens else [],
        "VideoCaptureAllowed": False,
        "VideoCaptureAllowedUrls": [origin] if screen.looks else [],
        "AutoplayAllowlist": [origin],
        "HomepageIsNewTabPage": False,
        "HomepageLocation": page,
        "NewTabPageLocation": page,
        "RestoreOnStartup": 4,  # the addresses below
        "RestoreOnStartupURLs": [page],
        "ShowHomeButton": screen.opens_portals,
        "URLBlocklist": ["*", "chrome://*", "devtools://*", "file://*", "javascript://*", "view-source:*"],
        "URLAllowlist": allowed,
    }


def _by_proxy(proxy: str, service: str) -> dict[str, str]:
    host = urlsplit(service).hostname or ""
    return {"ProxyMode": "fixed_servers", "ProxyServer": proxy, "ProxyBypassList": host}


def _portal_filter(address: str) -> str:
    """A host and all hosts below it, by HTTPS only."""
    return f"https://{_domain(address)}"


def portal_pattern(address: str) -> str:
    """The same for a proxy that lets portals through: a regular expression over the host. Raises ValueError."""
    return f"(^|[.]){_domain(address).replace('.', '[.]')}$"


def _domain(address: str) -> str:
    """Of a portal, which signs in on neighbours of its own domain. Raises ValueError."""
    host = origin_of(address).partition("://")[2].partition(":")[0]
    if not address.startswith("https://") or not NAME.fullmatch(host):
        raise ValueError(f'"{address}" must start with https:// and a name')
    return host.removeprefix("www.")
