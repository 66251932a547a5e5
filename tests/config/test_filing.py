"""`[filing]`: codes that agree, addresses that are safe."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from config.loading import ConfigurationError, build, sample_text

PORTAL = {"code": "quoc-gia", "name": "Cổng", "url": "https://dichvucong.gov.vn"}
GUIDE = {"code": "khai-sinh", "name": "Khai sinh", "portal": "quoc-gia", "step": [{"text": "Mở cổng"}]}


def with_filing(portals: list[dict[str, Any]], guides: list[dict[str, Any]]) -> Any:
    tables = tomllib.loads(sample_text())
    tables["filing"] = {"portal": portals, "guide": guides}
    return build(tables, "office.toml").filing


def test_portals_and_guides_are_read() -> None:
    filing = with_filing([PORTAL], [GUIDE])
    assert filing.portal[0].url == "https://dichvucong.gov.vn" and filing.guide[0].step[0].text == "Mở cổng"


def test_an_office_may_have_no_filing_pc() -> None:
    assert with_filing([], []).portal == []


@pytest.mark.parametrize(
    ("portals", "guides", "message"),
    [
        ([{**PORTAL, "url": "http://127.0.0.1:1/"}], [], "không bắt đầu bằng https://"),
        ([{**PORTAL, "also": ["ftp://vneid.gov.vn"]}], [], "không bắt đầu bằng https://"),
        ([PORTAL, PORTAL], [], "mã trùng: quoc-gia"),
        ([PORTAL], [{**GUIDE, "code": "quoc-gia"}], "mã trùng: quoc-gia"),
        ([PORTAL], [{**GUIDE, "portal": "tinh"}], "không có cổng nào mã tinh"),
        ([PORTAL], [{**GUIDE, "step": []}], "filing.guide"),
    ],
)
def test_what_does_not_agree_is_said(portals: list[dict[str, Any]], guides: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        with_filing(portals, guides)
