"""Forms of short texts in the file, and what to write, for each of them."""

from __future__ import annotations

from contract import dossiers

CODE = r"^[A-Za-z0-9._-]{1,40}$"
ONE_LINE = r"^[^\x00-\x1f\x7f]+$"
FOLK = r"^[^\x00-\x1f\x7f{}]+$"  # it is filled into sentences whose places stand in braces
LANGUAGE = r"^[a-z]{2,3}$"
FILE_NAME = r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$"
LETTER = r"^[A-ZĐ]$"
PROCEDURE_CODE = r"^\d\.\d{6}$|^open-\d+$"
PLAIN_LETTERS = r"^[\x20-\x7e]*$"
PATH = r"^/[\x21-\x7e]*$"
HEADER = r"^[\x21-\x7e]{1,100}$"
UNIT = f"^{dossiers.UNIT_PATTERN}$"
PUBLIC_KEY = r"^ed25519:[A-Za-z0-9_-]{43}$"
REPORT_FORMAT = r"^[a-z]{3,5}$"
BY_PATTERN = {
    CODE: "write up to 40 plain letters, digits, dots, _ or -, without blanks and marks",
    ONE_LINE: "write it in one line",
    FOLK: "write it in one line, without braces",
    LANGUAGE: "write the code of a language, two or three small letters: vi, en, hre",
    FILE_NAME: "write the name of a file without its folder: plain letters, digits, dots, _ or -",
    LETTER: "write one capital letter: A to Z or Đ",
    PROCEDURE_CODE: "write the code of a procedure: 1.001193, or open-1 while it has none",
    PLAIN_LETTERS: "write letters without marks only",
    PATH: "write a path that begins with /",
    HEADER: "write up to 100 letters without marks and blanks",
    UNIT: "write the code of the unit, with which its dossier codes begin: 000.00.53.H48",
    PUBLIC_KEY: "write a key as it was shown: ed25519: and 43 letters",
    REPORT_FORMAT: "write a format: pdf, docx, xlsx, csv, html or json",
}
