"""Family name and initials of an applicant: nothing else of a name is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.dossiers import is_masked_name
from sync.dossiers.masked_names import masked_name
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.dossiers.rows import parse_row
from sync.dossiers.text_keys import clean_text
from sync.dossiers.vocabulary import shipped_vocabulary
from tests.office import sample_configuration

VOCABULARY = shipped_vocabulary()
FAMILIES = sorted(VOCABULARY.families)
NAMED = ["Hộ tịch"]


def mask(said: str) -> str | None:
    return masked_name(said, VOCABULARY.families, VOCABULARY.titles)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Phạm Văn Thành", "Phạm V. T."),
        ("PHẠM THỊ LAN", "Phạm T. L."),
        ("Bà Đinh Thị  Y Đôn ", "Đinh T. Y. Đ."),
        ("Pha\u0323m Va\u0306n An", "Phạm V. A."),
        ("Hồ Ánh", "Hồ Á."),
        ("Hồ Ý", None),
        ("Phạm Thị Y", None),
        ("Phạm Văn A", None),
        ("Phạm", None),
        ("Thành Văn Phạm", None),
        ("phạm văn thành", None),
        ("Phạm Văn Thành 0905", None),
        ("Công ty TNHH Phạm Gia", None),
        ("Hộ kinh doanh Phạm Văn A", None),
        ("Phạm Văn Thành (chồng)", None),
        ("Nguyễn An Bảo Châu Dung Anh", "Nguyễn A. B. C. D. A."),
        ("Nguyễn An Bảo Châu Dung Anh Em", None),
        ("Nguyễn A B C D E F", None),
        ("", None),
        ("ông", None),
    ],
)
def test_of_a_name_the_family_and_initials_are_kept_and_of_anything_else_nothing(said: str, kept: str | None) -> None:
    assert mask(said) == kept


@given(st.lists(st.one_of(st.sampled_from(FAMILIES).map(str.title), st.text(max_size=12)), max_size=7).map(" ".join))
def test_whatever_is_said_only_a_known_family_name_is_kept_whole(said: str) -> None:
    kept = mask(said)
    if kept is not None:
        family, *initials = kept.split()
        assert family.casefold() in VOCABULARY.families and all(len(one) == 2 for one in initials)
        assert len(clean_text(said).rsplit(maxsplit=1)[-1]) > 1, "the given name is not told by its initial"
        assert is_masked_name(kept), "the service takes what the sanitizer makes"


@pytest.mark.parametrize(
    "text", ["Phạm Văn Thành", "Phạm V. Thành", "Phạm", "V. T.", "phạm V.", "Phạm V. T", "Phạm 0. T."]
)
def test_the_service_takes_no_more_than_that_for_a_masked_name(text: str) -> None:
    assert not is_masked_name(text)


def test_an_office_without_names_never_looks_at_one_and_no_upstream_system_gives_a_masked_one() -> None:
    without, with_names = (
        sanitizer_for(sample_configuration("sqlite:///unused", masked_names=on)) for on in ([], NAMED)
    )
    cells = {
        "code": "000.00.53.H48-240415-0001",
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": "2",
        "status": "4",
        "received_at": "20240415073000",
        "applicant": "Phạm Văn Thành",
    }
    assert "applicant_masked" not in parse_row(cells, without)
    assert parse_row(cells, with_names)["applicant_masked"] == "Phạm V. T."
    assert "applicant" in with_names.vocabulary.columns and "applicant" not in without.vocabulary.columns
    upstream = {"code": cells["code"], "status": 4, "applicant": "Phạm Văn Thành", "applicant_masked": "Phạm V. T."}
    assert set(with_names.sanitize(upstream)) == {"code", "status", "step"}, "only tables and the portal name anybody"
