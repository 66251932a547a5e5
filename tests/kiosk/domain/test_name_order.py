"""Names of officers in the order that an office writes them in."""

from __future__ import annotations

import random
from unicodedata import normalize

import pytest

from kiosk.domain.name_order import name_key

# each list as it has to come out
LISTS = [
    ["Trần An", "Lê Ân", "Phạm Bình", "Hồ Dũng", "Đinh Đào", "Võ Em", "Bùi Ý"],
    ["Lê Văn An", "Nguyễn Thị An", "Phạm An"],
    ["Lê Ha", "Lê Hà", "Lê Hả", "Lê Hã", "Lê Há", "Lê Hạ", "Lê Hăng", "Lê Hân"],
    ["Đinh Thị Bình", "Lê Văn Dũng", "Nguyễn Thị Hà", "Phạm Thị Lan", "Phạm Văn Sơn"],
    ["Hòa", "Hoan", "Hồ", "Hở", "Hùng", "Hương"],
    ["an", "AN", "Quầy 1", "Quầy 2"],
    ["", "Y"],
    ["Hồ B.", "Đinh T. L. (1)", "Đinh T. L. (2)", "Phạm T. L.", "Lê M."],
]


@pytest.mark.parametrize("names", LISTS)
def test_names_stand_by_given_name_then_letters_then_tones(names: list[str]) -> None:
    mixed = list(names)
    random.Random(1).shuffle(mixed)
    assert [name.casefold() for name in sorted(mixed, key=name_key)] == [name.casefold() for name in names]


def test_a_name_typed_with_parted_marks_has_the_same_place() -> None:
    parted = normalize("NFD", "Lê Hà")
    assert name_key(parted)[0] == name_key("Lê Hà")[0]
