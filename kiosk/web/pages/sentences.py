"""The sentences of one page: those whose English key stands as a string in one of its modules."""

from __future__ import annotations

import re
from functools import cache

from kiosk.i18n.catalogues import catalogue
from kiosk.web.pages.assets import STATIC, modules_of

STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


# Folders of `static` that are not called like their page.
FOLDERS = {"counter": "console"}


@cache
def page_sentences(page: str) -> dict[str, str]:
    """English key to Vietnamese sentence of what a page says."""
    every = catalogue().sentences()
    source = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in modules_of(FOLDERS.get(page, page)))
    return {key: every[key] for key in STRING.findall(source) if key in every}
