"""What printers can do, as files say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ticket_printer.errors import PrinterError
from ticket_printer.protocol.profiles import Profile, as_toml, profile, profiles

OWN = profile("generic-80").model_copy(update={"near_end": True, "code_page": "tcvn", "after_cut": "1d65030c"})


def test_the_printers_that_communes_have_are_known() -> None:
    known = {"generic-80", "generic-80-narrow", "generic-58", "epson-tm-t20", "epson-tm-t82", "xprinter-80"}
    assert known | {"custom-vkp80"} <= set(profiles())
    assert [profile(name).width_dots for name in ("generic-80", "generic-80-narrow", "generic-58")] == [576, 512, 384]
    assert profile("custom-vkp80").presenter


def test_only_printers_that_were_proven_keep_pictures_or_letters() -> None:
    bold = [name for name, known in profiles().items() if known.graphics_bytes or known.code_page != "ascii"]
    assert bold == ["epson-tm-t20", "epson-tm-t82"]


def test_a_technicians_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text(as_toml("hall", OWN), encoding="utf-8")
    assert profile("hall", tmp_path) == OWN
    assert profile("generic-80", tmp_path) == profile("generic-80")


def test_a_name_with_dots_is_one_name(tmp_path: Path) -> None:
    (tmp_path / "xp.toml").write_text(as_toml("xp-80.v2", OWN), encoding="utf-8")
    assert profile("xp-80.v2", tmp_path) == OWN


def test_a_file_of_the_office_wins_over_ours(home: Path) -> None:
    assert profile("generic-80") != OWN
    (home / "profiles").mkdir()
    (home / "profiles" / "a.toml").write_text(as_toml("generic-80", OWN), encoding="utf-8")
    assert profile("generic-80") == OWN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[hall]\nwidth = 576", r"own\.toml \[hall\].*width_dots"),
        (as_toml("hall", OWN).replace('"1d65030c"', '"1d6"'), r"\[hall\]: after_cut"),
        (as_toml("hall", OWN).replace('proof = "queue"', 'proof = "hope"'), r"\[hall\]: proof"),
        ("[hall", r"own\.toml"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PrinterError, match=said) as caught:
        profile("hall", tmp_path)
    assert caught.value.reason == "unsupported" and not caught.value.retryable
    assert profile("generic-80", tmp_path) == profile("generic-80"), "the others are as usable as before"


def test_a_profile_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(PrinterError, match="profiles: generic-80") as caught:
        profile("brother", tmp_path / "nowhere")
    assert not caught.value.retryable, "somebody has to change the configuration"


@pytest.mark.parametrize(
    ("field", "least", "most"), [("width_dots", 200, 1000), ("dpi", 150, 300), ("graphics_bytes", 0, 10**9)]
)
def test_sizes_have_their_limits(field: str, least: int, most: int) -> None:
    for value in (least, most):
        assert Profile.model_validate({**OWN.model_dump(), field: value})
    for value in (least - 1, *([most + 1] if most < 10**9 else [])):
        with pytest.raises(ValueError, match=field):
            Profile.model_validate({**OWN.model_dump(), field: value})


def test_what_a_profile_does_not_say_is_the_careful_value() -> None:
    required = {"width_dots": 576, "proof": "none", "status_trusted": False, "centring": False}
    plain = Profile.model_validate({**required, "motion_units": False, "status_back": False})
    assert (plain.dpi, plain.near_end, plain.doubling, plain.native_qr, plain.graphics_bytes) == (
        203,
        False,
        True,
        False,
        0,
    )
    assert (plain.code_page, plain.cutter, plain.presenter, plain.cut, plain.after_cut) == (
        "ascii",
        "partial",
        False,
        "1d564200",
        "",
    )


def test_columns_follow_the_width() -> None:
    assert [profile("generic-80").columns, profile("generic-58").columns] == [48, 32]


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="wdith"):
        Profile.model_validate({**OWN.model_dump(), "wdith": 576})
