"""Numbers aloud: every whole number of a ticket is read by the rules of the schools, and understood back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.voices.phrases import CAPITALS, Manner, in_words, needed, read_aloud, written
from display_board.voices.reading import counter, english, ticket_number, vietnamese

NORTH = Manner(odd="linh")
OFFICE = Manner(letters=("A", "C", "H", "K", "R"), counters=("1", "2", "3", "4", "5"))
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words: list[str]) -> int:
    """What a listener understands: written for this test, from the words alone."""
    total = 0
    if "nghìn" in words:
        at = words.index("nghìn")
        assert at == 1
        total, words = 1000 * DIGITS.index(words[0]), words[2:]
    if "trăm" in words:
        assert words.index("trăm") == 1
        total, words = total + 100 * DIGITS.index(words[0]), words[2:]
    if words[:1] == ["lẻ"]:
        words = words[1:]
        assert len(words) == 1 and words[0] in DIGITS[1:]
    if "mươi" in words:
        assert words.index("mươi") == 1
        total, words = total + 10 * DIGITS.index(words[0]), words[2:]
    elif words[:1] == ["mười"]:
        total, words = total + 10, words[1:]
    assert len(words) <= 1
    return total + sum(AFTER_TENS[word] if word in AFTER_TENS else DIGITS.index(word) for word in words)


def aloud(number: int, manner: Manner = OFFICE) -> str:
    return in_words("vi", vietnamese(number), manner)


@given(st.integers(0, 9999))
@settings(max_examples=1500)
def test_every_number_is_understood_as_itself(number: int) -> None:
    assert heard(aloud(number).split()) == number


def test_no_two_numbers_sound_alike_from_0_to_9999() -> None:
    assert len({vietnamese(number) for number in range(10_000)}) == 10_000
    assert len({english(number) for number in range(10_000)}) == 10_000


@given(st.integers(0, 9999))
@settings(max_examples=1500)
def test_the_rules_of_mot_tu_lam_and_le_hold(number: int) -> None:
    words = aloud(number).split()
    ones, tens = number % 10, number // 10 % 10
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        assert word != "mốt" or (before == "mươi" and ones == 1)
        assert word != "tư" or (before == "mươi" and ones == 4)
        assert word != "lăm" or (before in {"mươi", "mười"} and ones == 5)
        assert word not in {"năm", "bốn", "một"} or before != "mươi"
        assert word != "năm" or before != "mười"
        assert word != "mươi" or before in DIGITS[2:]
        assert word != "lẻ" or (before == "trăm" and tens == 0 and ones)
    assert ("lẻ" in words) == (number > 100 and tens == 0 and ones > 0)
    assert words.count("nghìn") == (number >= 1000)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (104, "một trăm lẻ bốn"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm lẻ năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (2121, "hai nghìn một trăm hai mươi mốt"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
    ],
)
def test_numbers_of_the_schoolbook(number: int, words: str) -> None:
    assert aloud(number) == words


def test_the_north_says_linh() -> None:
    assert aloud(105, NORTH) == "một trăm linh năm"


def test_a_number_beyond_the_rules_is_refused() -> None:
    for number in (-1, 10_000):
        with pytest.raises(ValueError, match="not between"):
            vietnamese(number)


def test_a_ticket_is_read_digit_by_digit_unless_the_office_wants_whole_numbers() -> None:
    digits = in_words("vi", ticket_number("A012", "vi"), OFFICE)
    whole = in_words("vi", ticket_number("A012", "vi", whole=True), OFFICE)
    assert (digits, whole) == ("A không một hai", "A mười hai")
    assert in_words("en", ticket_number("C105", "en", whole=True), OFFICE) == "C one hundred and five"


def test_a_language_whose_rules_nobody_gave_is_read_digit_by_digit() -> None:
    assert ticket_number("A012", "hre", whole=True) == ticket_number("A012", "hre")


def test_counter_twelve_is_not_counters_one_and_two() -> None:
    assert in_words("vi", counter("12", "vi"), OFFICE) == "mười hai"
    assert in_words("vi", counter("3b", "vi"), OFFICE) == "ba B"
    assert in_words("en", counter("7", "en"), OFFICE) == "seven"


@given(st.from_regex(r"\A[A-ZĐ][0-9]{3,4}\Z"), st.sampled_from(["vi", "en", "hre"]), st.booleans())
def test_every_ticket_can_be_said_with_the_phrases_of_its_language(number: str, language: str, whole: bool) -> None:
    phrases = written(language, Manner(whole=whole))
    assert set(ticket_number(number, language, whole)) <= set(phrases)


def test_an_office_records_only_what_its_calls_need() -> None:
    assert len(needed("hre", OFFICE)) == 17
    assert len(needed("vi", Manner(whole=True, letters=OFFICE.letters, counters=("1", "12")))) == 25
    assert needed("hre", OFFICE)[:3] == ("invite", "counter", "digit.0")


def test_the_form_of_address_is_the_offices_own() -> None:
    assert written("vi", Manner(folk="công dân"))["invite"] == "Mời công dân có số"


def test_single_letters_are_given_to_the_synthesiser_as_they_are_called() -> None:
    read = {sign: read_aloud("vi", f"letter.{sign.lower()}", sign) for sign in CAPITALS}
    assert (read["H"], read["Đ"], len(set(read.values()))) == ("hát", "đê", len(CAPITALS))
