"""The sentences of a page in the languages of its office."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from contract.catalogues import Catalogue
from kiosk.web.pages import sentences
from tests.office import OfficeStory


@pytest.fixture
def third_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue "xx" of two sentences, as somebody adds a language."""
    for language, rows in (
        ("vi", {"Take a number": "Lấy số", "Rate": "Đánh giá"}),
        ("xx", {"Take a number": "Ndi nimero", "Not on this page": "x"}),
    ):
        catalogue = Catalog(locale=None)
        for key, text in rows.items():
            catalogue.add(key, text)
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "touch.mo").open("wb") as file:
            write_mo(file, catalogue)
    monkeypatch.setattr(sentences, "catalogue", lambda *_: Catalogue(tmp_path, "touch"))


@pytest.mark.usefixtures("third_language")
def test_a_language_with_a_catalogue_is_given_its_own_sentences_and_one_without_is_not_offered() -> None:
    given = sentences.page_translations("kiosk", ("vi", "xx", "hre", "en"))
    assert given == {"xx": {"Take a number": "Ndi nimero"}, "en": {}}


def test_services_have_the_names_that_the_office_gave_for_its_slips(small_office: OfficeStory) -> None:
    shown = small_office.send("GET", "/api/v1/page/kiosk", None).json["shown"]
    names = {one["code"]: one["names"] for one in shown["services"]}
    assert names["KQ"] == {"en": "Collect results"}
