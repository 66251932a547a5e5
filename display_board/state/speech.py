"""What is said: number and counter, digit by digit, in Vietnamese. Pure text."""

from __future__ import annotations

from display_board.state.board import BoardCall

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# The names of letters as Vietnamese schools teach them, for the voice only; G as "gờ", for "giê" sounds like D.
LETTERS = {
    "A": "a",
    "B": "bê",
    "C": "xê",
    "D": "dê",
    "Đ": "đê",
    "E": "e",
    "F": "ép",
    "G": "gờ",
    "H": "hát",
    "I": "i",
    "J": "giây",
    "K": "ca",
    "L": "e lờ",
    "M": "em mờ",
    "N": "en nờ",
    "O": "o",
    "P": "pê",
    "Q": "quy",
    "R": "e rờ",
    "S": "ét sì",
    "T": "tê",
    "U": "u",
    "V": "vê",
    "W": "vê kép",
    "X": "ích xì",
    "Y": "i dài",
    "Z": "dét",
}


def spelled(code: str) -> str:
    """`C007` as "C, không, không, bảy"."""
    return ", ".join(DIGITS[int(sign)] if sign in "0123456789" else sign for sign in code)


def sentence(call: BoardCall, folk: str) -> str:
    """As written on the screen: "Mời bà con có số C, không, không, bảy, đến quầy số ba"."""
    return f"Mời {folk} có số {spelled(call.number)}, đến quầy số {spelled(call.counter)}"
