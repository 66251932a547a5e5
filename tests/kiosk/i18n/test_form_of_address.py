"""How an office addresses people is its own word: no shipped sentence holds another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from contract.catalogues import addressed
from kiosk.i18n.catalogues import ADDRESS, speak_to, translate
from kiosk.printing.advice import for_citizen
from kiosk.printing.presenter import Presenter
from tests.office import OfficeStory, sample_configuration
from tests.sources import ROOT

CATALOGUES = sorted(ROOT.glob("*/translations/vi/LC_MESSAGES/*.po"))
FOLK = "quý vị"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: f"{file.parents[3].name}/{file.stem}")
def test_no_sentence_holds_the_word_itself(file: Path) -> None:
    with file.open("rb") as source:
        said = [str(one.string) for one in read_po(source)]
    assert [text for text in said if "bà con" in text.lower()] == []
    assert [text for text in said if "{folk}" in text[:6]] == [], "a sentence begins with a capital"


@pytest.fixture
def polite(home: Path) -> Iterator[OfficeStory]:
    url = f"sqlite:///{home / 'motcua.db'}"
    story = OfficeStory(url, sample_configuration(url, opening="always", folk=FOLK))
    yield story
    story.close()
    speak_to(ADDRESS)


def test_the_offices_word_reaches_the_pages_that_the_service_writes(polite: OfficeStory) -> None:
    start = polite.send("GET", "/", "admin").text
    assert "Quý vị lấy số, tra cứu hồ sơ" in start and "bà con" not in start.lower()
    phone = polite.send("GET", "/t/abcdefghijkm", "admin").text
    assert "<title>Phiếu của quý vị" in phone
    manifest = polite.send("GET", "/app/ticket.webmanifest", "admin").json
    assert manifest["short_name"] == "Phiếu của quý vị"


@pytest.mark.usefixtures("polite")
def test_the_offices_word_reaches_what_the_service_answers() -> None:
    assert for_citizen("fault", "paper_out", Presenter()) == "Máy hết giấy. Số của quý vị vẫn được giữ."
    assert translate("{number} has been rated already. Thank you!", number="A001") == (
        "A001 đã được đánh giá. Cảm ơn quý vị!"
    )


def test_a_sentence_is_filled_with_and_without_a_capital() -> None:
    assert addressed("{Folk} gọi, mời {folk} đến {place}", "bà con") == "Bà con gọi, mời bà con đến {place}"
