"""docs/security/asvs.md has each rule of ASVS 5.0 that may concern us, and every test that it names exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "security" / "asvs.md"
# How many rules of levels 1 and 2 each section has; their numbers begin at 1. Without chapters 10 and 17.
RULES = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4},
    **{"3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3},
    **{"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5},
    **{"7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3},
    **{"11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5},
    **{"14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3},
    **{"16.5": 3},
}
ROW = re.compile(r"^\| (\d+\.\d+)\.(\d+) \| ([12]) \| (.+?) \| (.+) \|$")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
WITHOUT = ("document: ", "not applicable: ", "open: ")


def rows() -> list[tuple[str, int, str]]:
    """Section, number in it, how it is shown."""
    matches = [ROW.match(line) for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    return [(match[1], int(match[2]), match[5]) for match in matches if match is not None]


def test_each_rule_stands_there_once() -> None:
    listed = [(section, number) for section, number, _ in rows()]
    assert listed == [(section, number) for section, last in RULES.items() for number in range(1, last + 1)]


def test_each_rule_names_its_test_or_says_why_there_is_none() -> None:
    silent = [f"{s}.{n}" for s, n, shown in rows() if not TEST.search(shown) and not shown.startswith(WITHOUT)]
    assert silent == []


def test_every_test_that_the_table_names_is_there() -> None:
    named = TEST.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(named) > 150
    missing = [one for one in named if f"\ndef {one[1]}(" not in (ROOT / one[0]).read_text(encoding="utf-8")]
    assert missing == []


def test_the_sum_at_the_head_is_that_of_the_rows() -> None:
    kinds = Counter(shown.partition(":")[0] if shown.startswith(WITHOUT) else "test" for *_, shown in rows())
    total = (
        f"Of {len(rows())} rules {kinds['test']} have a test, {kinds['document']} a document, "
        f"{kinds['not applicable']} are not applicable, {kinds['open']} are open."
    )
    assert total in DOCUMENT.read_text(encoding="utf-8")


def test_every_section_of_a_document_that_the_table_names_is_there() -> None:
    for file, title in re.findall(r'`([\w./-]+\.md)`, "([^"]+)"', DOCUMENT.read_text(encoding="utf-8")):
        assert f"\n## {title}\n" in (ROOT / file).read_text(encoding="utf-8"), f"{file}: {title}"
