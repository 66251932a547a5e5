"""Texts that try to become formulas in a spreadsheet: each way to begin one, with each thing it would do."""

from __future__ import annotations

BEGINNINGS = ("", "\t", "\r", "\n", " ", "\u200b", "\ufeff", "\0", "x;", "x; ", "x\t", "x\n", 'x";', "x,")
SIGNS = ("=", "+", "-", "@")
BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://127.0.0.1","bấm")',
    'WEBSERVICE("http://127.0.0.1/"&A1)',
    "SUM(A1:A9)*1",
)
PAYLOADS = [f"{start}{sign}{body}" for start in BEGINNINGS for sign in SIGNS for body in BODIES]
