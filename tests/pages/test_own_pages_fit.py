"""Every screen of the ticket's page on a telephone and of the filing PC, in each size and language, with the longest
names and the widest number, with letters of both sizes: nothing is cut, and no sentence of a page stays unseen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.pages import axe, filing_walk, matrix, phone_walk
from tests.pages.added_language import MADE_UP, untranslated
from tests.pages.boxes import broken_words, faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import press
from tests.sources import ROOT

LEAST_PX = 13
TALL = 6000  # px: a page of one's own is pushed up and down
ASIDE = "document.documentElement.scrollWidth - innerWidth"
TEXTS = """() => [document.body.innerText, ...[...document.querySelectorAll('[aria-label]')]
  .map((one) => one.getAttribute('aria-label'))].join(' ').replace(/\\s+/g, ' ')"""
# There is no voice here, the screen is not kept lit, and the ticket's language is not known before it was looked up.
UNSEEN = {"Listen", "The sound is on. Leave this page open.", "Looking up your ticket…"}
TELEPHONE = matrix.rows(matrix.TELEPHONE, *((320, 640, language) for language in matrix.LANGUAGES))
FILING = matrix.rows(matrix.FILING, *((1280, 800, language) for language in matrix.LANGUAGES))


def faults_of_both_sizes(page: Page) -> list[str]:
    """Of the letters as they are, and twice as large."""
    faults = []
    for least in (LEAST_PX, 2 * LEAST_PX):
        found = [*faults_of(page, least), *broken_words(page), *axe.faults_of(page, "axe")]
        found += [] if page.evaluate(ASIDE) <= 0 else ["wider than the glass"]
        faults += [f"{least} px: {fault}" for fault in found]
        press(page, ".larger")
    return faults


@pytest.mark.parametrize(("width", "height", "language"), TELEPHONE)
def test_every_screen_of_a_telephone_is_whole(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, TALL)
    faults, seen = [], ""
    for screen in phone_walk.screens(phone_walk.Telephone(speaking_office, page, language)):
        if screen not in {"looking", "no line"}:
            assert page.get_attribute("html", "lang") == language, screen
        faults += [f"{screen}: {fault}" for fault in faults_of_both_sizes(page)]
        seen += page.evaluate(TEXTS)
    assert faults == []
    if language == "en":
        assert unseen("ticket", seen) == UNSEEN


@pytest.mark.parametrize(("width", "height", "language"), FILING)
def test_every_screen_of_the_filing_pc_is_whole(
    speaking_office: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    page = open_page(f"{speaking_office.address}/healthz", width, TALL)
    faults, seen = [], ""
    for screen in filing_walk.screens(speaking_office, page, language):
        assert page.get_attribute("html", "lang") == language, screen
        found = untranslated(speaking_office.story, page) if language == MADE_UP else []
        faults += [f"{screen}: not translated: {one}" for one in found if one != filing_walk.LONG_NAME]
        faults += [f"{screen}: {fault}" for fault in faults_of_both_sizes(page)]
        seen += page.evaluate(TEXTS)
    assert faults == []
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate(ASIDE) <= 0
    if language == "en":
        assert unseen("filing", seen) == {"Listen"}


def unseen(page: str, seen: str) -> set[str]:
    """The sentences of a page's own modules that stood on none of its screens."""
    modules = (ROOT / f"kiosk/web/static/{page}").glob("*.js")
    keys = {key for module in modules for key in re.findall(r'\bt\("([^"]+)"', module.read_text(encoding="utf-8"))}
    return {key for key in keys if not re.search(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(key.replace("*", ""))), seen)}
