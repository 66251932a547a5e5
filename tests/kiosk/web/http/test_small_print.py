"""Rules of the web that a single line could break: what pages run and keep, what the service lists and throws back."""

from __future__ import annotations

import re

import pytest

from kiosk.web.api import session_models
from kiosk.web.pages.assets import STATIC
from kiosk.web.pages.routes import PAGES
from tests.office import OfficeStory

MODULES = {file.relative_to(STATIC).as_posix(): file.read_text(encoding="utf-8") for file in STATIC.rglob("*.js")}
# Each of them draws a shape of its own, the last one charts of the service; none puts a text there that somebody wrote.
DRAWINGS = {
    "tablet/screens.js",
    "board/progress.js",
    "kiosk/crowd.js",
    "kiosk/ring.js",
    "lib/signs.js",
    "admin/statistics.js",
}
FOREIGN = "https://evil.example"


def holding(pattern: str) -> set[str]:
    return {name for name, text in MODULES.items() if re.search(pattern, text)}


def test_no_page_runs_text_as_code() -> None:
    assert len(MODULES) > 80
    assert holding(r"\beval\(|new Function\(|document\.write|setTimeout\(\s*[\"'`]|javascript:") == set()


def test_markup_is_written_by_six_modules_from_drawings_of_ours() -> None:
    assert holding(r"innerHTML|outerHTML|insertAdjacentHTML|srcdoc|DOMParser") == DRAWINGS


# What each module keeps in the browser.
KEEPERS = {
    "lib/device.js": "the device's token",
    "lib/ratings.js": "ratings that were not sent yet",
    "lib/browser_check.js": "nothing: whether something can be kept",
    "lib/box.js": "nothing: the same",
    "lib/page.js": "the version for which a page was loaded anew",
    "lib/session.js": "how this browser calls itself, at random",
    "ticket/kept.js": "a phone's own ticket, for a day",
    "console/clerk.js": "which clerk signed in here last, by code",
}


def test_a_browser_keeps_its_token_and_little_else() -> None:
    assert holding(r"localStorage|sessionStorage|indexedDB|document\.cookie") == KEEPERS.keys()


def test_passwords_are_masked_and_may_be_pasted() -> None:
    asking = holding(r"password")
    assert {"admin/password.js", "lib/session.js"} <= asking
    masked = "".join(MODULES[name] for name in ("admin/password.js", "lib/session.js"))
    assert masked.count('type: "password"') >= 2 and "new-password" in masked and "current-password" in masked
    assert holding(r"onpaste|\"paste\"") == set()
    assert session_models.PasswordBody.model_fields["new_password"].metadata[-1].max_length >= 64


def test_signing_out_is_in_sight_of_clerk_and_administrator() -> None:
    assert 'onclick: signOut }, t("Sign out")' in MODULES["admin/main.js"]
    assert any("Sign out of this counter" in text for name, text in MODULES.items() if name.startswith("console/"))
    assert re.search(r"dropToken\(\);\s*location\.reload\(\)", MODULES["lib/session.js"]), "nothing stays on the screen"


@pytest.mark.parametrize("path", ["/admin", "/kiosk", "/api/v1/openapi.json", "/api/v1/board", "/healthz"])
def test_no_other_origin_may_read_an_answer(small_office: OfficeStory, path: str) -> None:
    client = small_office.service.flask_app.test_client()
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": FOREIGN, "Access-Control-Request-Method": "POST"}
        answer = client.open(path, method=method, headers=headers)
        assert [name for name, _ in answer.headers if name.lower().startswith("access-control")] == []


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND"])
def test_a_request_is_not_thrown_back(small_office: OfficeStory, method: str) -> None:
    client = small_office.service.flask_app.test_client()
    for path in ("/kiosk", "/api/v1/board"):
        answer = client.open(path, method=method, headers={"X-Canary": "thrown-back"})
        assert answer.status_code == 405 and b"thrown-back" not in answer.data


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/lib/", "/static", "/fonts/", "/pictures/", "/.git/config", "/.env", "/static/../routes.py"],
)
def test_nothing_is_listed_and_no_file_beside_the_pages_is_given(small_office: OfficeStory, path: str) -> None:
    assert "/kiosk" in PAGES
    assert small_office.service.flask_app.test_client().get(path).status_code == 404


def test_a_parameter_that_comes_twice_counts_once_and_the_first_time(small_office: OfficeStory) -> None:
    answer = small_office.send("GET", "/api/v1/journal?after=0&limit=1&limit=1000", "sync")
    assert len(answer.json["events"]) <= 1
    assert small_office.send("GET", "/api/v1/journal?after=0&limit=0&limit=5", "sync").status_code == 400


NESTED = r"\]\s*(?:\.\w+\s*)?\[[^\]\n]*\]\s*(?:[|&?]{2})?=[^=>]"  # a[k][l] = v, a[k].b[l] = v


def test_no_key_that_came_in_reaches_a_prototype() -> None:
    """With a `k` of "__proto__" that writes for all objects: nobody writes so, or merges deeply."""
    assert holding(NESTED) == set()
    assert holding(r"__proto__|setPrototypeOf|\[\s*[\"']constructor|deepMerge|mergeDeep|lodash") == set()
    assert re.search(NESTED, "a[k][l] = v") and not re.search(NESTED, "a[k] = v; a[k][l] === v")
