"""The sentences of one page: those whose English key stands as a string in one of its modules."""

from __future__ import annotations

import re
from functools import cache

from kiosk.i18n.catalogues import DOMAINS, catalogue
from kiosk.web.pages.assets import STATIC, TEMPLATES, modules_of

SAID = re.compile(r'\b_\("((?:[^"\\\n]|\\.)*)"\)')
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
SPOKEN = tuple(domain for domain in DOMAINS if domain not in ("slips", "reports"))  # pages say these
VIETNAMESE, ENGLISH = "vi", "en"


# Folders of `static` that are not called like their page.
FOLDERS = {"counter": "console"}


@cache
def page_keys(page: str) -> tuple[str, ...]:
    """Every string in the modules of a page: its sentences are among them."""
    source = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in modules_of(FOLDERS.get(page, page)))
    return tuple(STRING.findall(source))


@cache
def page_sentences(page: str) -> dict[str, str]:
    """English key to Vietnamese sentence of what a page says."""
    every = catalogue().sentences()
    return {key: every[key] for key in page_keys(page) if key in every}


def page_translations(page: str, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The page's sentences in each further language that has some of its own; English is the key itself, where it
    stands in no catalogue. A language that has none is absent: its people read Vietnamese.
    """
    vietnamese = catalogue(*SPOKEN).sentences()
    translations = {}
    for language in languages:
        every = catalogue(*SPOKEN).sentences(language)
        own = {key: every[key] for key in page_keys(page) if key in every and every[key] != vietnamese.get(key)}
        if language != VIETNAMESE and (own or language == ENGLISH):
            translations[language] = own
    return translations


CITIZENS_PAGES = ("kiosk", "tablet", "ticket", "filing")
READ_PAGES = ("procedures.html", "procedure.html", "_procedure_facts.html")  # made whole by the service


@cache
def citizens_sentences() -> tuple[str, ...]:
    """The English keys of all that the citizens' pages show, each once."""
    return tuple(dict.fromkeys(key for page in CITIZENS_PAGES for key in page_sentences(page)))


def read_sentences() -> dict[str, str]:
    """English key to Vietnamese sentence of the pages on which citizens only read."""
    every = catalogue().sentences()
    source = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in READ_PAGES)
    return {key: every[key] for key in SAID.findall(source)}
