"""The words of a slip: the office's own first, then the catalogue's."""

from __future__ import annotations

import pytest

from config.schema import Configuration
from config.slip_words import SlipWords
from kiosk.printing.slip_words import SENTENCES, SlipWording, translate, wording_for
from tests.office import sample_configuration


@pytest.fixture(scope="module")
def known() -> Configuration:
    own = SlipWords(title="SỐ CỦA BÀ CON", office="Xã Ba Vì", services={"HT": "Hộ tịch"})
    return sample_configuration("sqlite:///:memory:").model_copy(update={"slip_words": {"vi": own}})


def test_what_the_office_configured_comes_first(known: Configuration) -> None:
    words = wording_for(known)
    assert words.text("title") == "SỐ CỦA BÀ CON"
    assert words.text("either") == "hoặc", "the rest is the catalogue's"
    assert words.office(known) == "XÃ BA VÌ"
    household, other = known.service[0], known.service[1]
    assert (words.service(household), words.service(other)) == ("Hộ tịch", other.name)


def test_another_language_has_its_own_words(known: Configuration) -> None:
    english = wording_for(known, "en")
    assert english.text("title") == "QUEUE TICKET"
    assert english.office(known) == known.office.name.upper()
    assert english.service(known.service[-1]) == known.service[-1].name, "nobody gave it a name there"


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("title", "PHIẾU SỐ THỨ TỰ", "QUEUE TICKET"),
        ("go_to_counter", "Đến quầy", "Go to counter"),
        ("counter", "Quầy", "Counter"),
        ("either", "hoặc", "or"),
        ("ahead", "{count} người chờ trước", "Before you: {count}"),
        ("nobody_ahead", "Không phải chờ", "No waiting"),
        ("session", "Buổi: {session}", "{session}"),
        ("morning", "Sáng", "Morning"),
        ("afternoon", "Chiều", "Afternoon"),
        ("follow", "Quét ô để theo dõi số", "Scan to follow your number"),
        ("follow_short", "Quét: xem số", "Scan: see your number"),
        ("keep", "Vui lòng giữ phiếu, chờ gọi số. Xin cảm ơn!", "Please keep this slip and wait. Thank you!"),
        ("keep_short", "Vui lòng giữ phiếu. Xin cảm ơn!", "Please keep this slip. Thank you!"),
        ("again", "In lại", "Reprint"),
    ],
)
def test_each_sentence_stands_in_both_languages(key: str, vietnamese: str, english: str) -> None:
    sentence = SENTENCES[key]
    assert (translate(sentence), translate(sentence, "en")) == (vietnamese, english)
    bare = SlipWording("vi", SlipWords())
    assert bare.text(key) == vietnamese
