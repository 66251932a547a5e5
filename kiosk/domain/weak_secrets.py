"""PINs and passwords that somebody would guess among the first: refused when they are chosen."""

from __future__ import annotations

PIN_DIGITS = range(4, 13)
LEAST_PASSWORD = 8
DIGITS = "01234567890"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people choose most beside runs and repetitions: figures of the keypad and what the numbers sound like.
COMMON_PINS = _words(
    """
    2580 0852 1379 1397 7913 1470 3690 1590 3570 1122 1133 2211 2233 3344 4455 1123 1223 1233 1010
    2020 1001 6868 8686 6886 8668 3979 7939 7979 6969 9696 1102 2468 1357 135790 123321 112233
    147258 147369 159357 159753 258456 456852 520520 686868 010101 123654 789456 456123 102030
    131313 142536
    """
)
COMMON_PASSWORDS = _words(
    """
    password passw0rd password1 password12 password123 p@ssw0rd matkhau matkhau1 matkhau12
    matkhau123 mat-khau quantri1 quantri12 quantri123 quan-tri admin123 admin1234 admin12345
    administrator motcua123 mot-cua motcua12 hethong123 iloveyou qwertyui qwerty12 qwerty123
    qwertyuiop asdfghjk 1q2w3e4r 1qaz2wsx zaq12wsx abc12345 abcd1234 abcdefgh letmein1 welcome1
    welcome123 vietnam1 vietnam123 anhyeuem emyeuanh changeme secret12 ubnd1234 ubndxa123 kiosk123
    motcuakiosk
    """
)


def pin_weakness(pin: str) -> str | None:
    """Why a PIN is refused, in a sentence that says what to do; None when it is good."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_DIGITS):
        return "a PIN has 4 to 12 digits"
    if _is_run(pin) or _repeats(pin) or pin in COMMON_PINS or _is_year(pin):
        return "this PIN is among the first that anybody would guess; choose digits without a pattern, and no year"
    return None


def password_weakness(password: str, name: str) -> str | None:
    """Why an administrator's password is refused; None when it is good."""
    if len(password) < LEAST_PASSWORD:
        return f"a password has at least {LEAST_PASSWORD} characters; several words are easy to keep in mind"
    from kiosk.domain.common_passwords import is_common  # read when somebody chooses a password, which is seldom

    plain = password.casefold()
    if (
        is_common(plain)
        or plain in COMMON_PASSWORDS
        or _is_run(plain)
        or _repeats(plain)
        or plain in {name.casefold(), f"{name}1".casefold()}
    ):
        return (
            "this password is among the first that anybody would guess; choose several words that don't belong together"
        )
    return None


def _is_run(text: str) -> bool:
    """1234, 890, 4321."""
    return text.isdigit() and len(text) > 2 and (text in DIGITS or text in DIGITS[::-1])


def _repeats(text: str) -> bool:
    """7777, 1212, 123123."""
    return any(
        len(text) % size == 0 and text == text[:size] * (len(text) // size) for size in range(1, len(text) // 2 + 1)
    )


def _is_year(pin: str) -> bool:
    return len(pin) == 4 and 1940 <= int(pin) <= 2039
