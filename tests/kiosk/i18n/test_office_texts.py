"""What the office calls things, in the languages of its citizens: from a file and the configuration."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from config import places
from config.loading import ConfigurationError, build, sample_text
from config.texts import own_texts
from kiosk.bootstrap import public_configuration
from kiosk.i18n.office_texts import office_texts
from kiosk.printing.slip_words import wording_for
from kiosk.queries.public_configuration import texts_for
from tests.office import sample_configuration


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))


def keep(language: str, texts: dict[str, str]) -> None:
    folder = places.translations_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{language}.json").write_text(json.dumps(texts), encoding="utf-8")


def test_the_sample_says_everything_of_its_procedures_in_english() -> None:
    sample = sample_configuration("sqlite:///x", opening="always")
    english = office_texts(sample)["en"]
    own = [text for one in sample.procedure for text in (one.name, one.field, one.time, one.fee, *one.papers) if text]
    assert [text for text in own if text not in english] == []
    assert [one.name for one in sample.priority if one.name not in english] == []
    assert english["Người cao tuổi"] == "Elderly people"


def test_the_file_of_a_language_comes_before_the_configuration() -> None:
    keep("en", {"Người cao tuổi": "Seniors", "Người có công": "Người có công"})
    english = office_texts(sample_configuration("sqlite:///x", opening="always"))["en"]
    assert english["Người cao tuổi"] == "Seniors"
    assert english["Người có công"] == "People of merit", "what was left as it was is not translated"


def test_a_page_is_given_the_texts_that_stand_on_it() -> None:
    whole = public_configuration(sample_configuration("sqlite:///x", opening="always"))
    assert "Giấy chứng sinh" in texts_for("kiosk", whole)["en"]
    assert "Giấy chứng sinh" not in texts_for("ticket", whole).get("en", {})
    assert texts_for("admin", whole) == {}


def test_a_slip_names_a_service_by_the_texts_where_no_word_of_slips_does() -> None:
    sample = sample_configuration("sqlite:///x", opening="always")
    service = sample.service[0]
    keep("hre", {service.name: "[ten]"})
    assert wording_for(sample, "hre").service(service) == "[ten]"
    assert wording_for(sample, "en").service(service) == "Justice and civil status"
    assert wording_for(sample).service(service) == service.name


def test_every_text_that_citizens_read_is_offered_to_translators_once() -> None:
    texts = own_texts(sample_configuration("sqlite:///x", opening="always"))
    assert len(texts) == len(set(texts)) and "" not in texts
    assert {"Chờ lâu", "Người khuyết tật", "Hộ tịch", "Đăng ký kết hôn", "Miễn phí"} <= set(texts)


def test_texts_of_a_language_that_the_office_does_not_speak_are_a_mistake() -> None:
    tables = tomllib.loads(sample_text())
    tables["texts"]["fr"] = {"Hộ tịch": "État civil"}
    with pytest.raises(ConfigurationError, match=r"texts\.fr"):
        build(tables, "office.toml")
