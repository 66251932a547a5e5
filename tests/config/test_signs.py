"""Signs of services: given by rule, five shapes in five colours, never two that people take for one."""

from __future__ import annotations

import tomllib
from itertools import combinations
from typing import Any

import pytest

from config.loading import ConfigurationError, build, sample_text
from config.schema import Configuration
from config.signs import COLOURS, SHAPES, contrast, distance, ink_for, look_alike, tint_for, with_signs


def sample(**first: Any) -> dict[str, Any]:
    """The sample's tables with changed keys of the first service; None takes a key out."""
    tables = tomllib.loads(sample_text())
    for key, value in first.items():
        tables["service"][0].pop(key, None)
        if value is not None:
            tables["service"][0][key] = value
    return tables


def with_sixth(**keys: Any) -> dict[str, Any]:
    tables = sample()
    tables["service"].append({"code": "NL", "letter": "B", "name": "Nông – Lâm nghiệp", "pictogram": "land", **keys})
    tables["counter"][0]["services"].append("NL")
    return tables


def problems(tables: dict[str, Any]) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    return [f"{problem.place}: {problem.sentence}" for problem in caught.value.problems]


def test_a_sixth_service_repeats_the_first_shape_in_the_next_colour() -> None:
    sixth = build(with_sixth(), "office.toml").service[5]
    assert (sixth.shape, sixth.colour, sixth.ink) == ("circle", "#7A4117", "#FFFFFF")


def test_without_any_sign_the_first_five_look_like_the_sample() -> None:
    plain = build(sample(), "office.toml").service
    bare = with_signs([{"code": service.code} for service in plain])
    assert [(one["shape"], one["colour"], one["ink"]) for one in bare] == [
        (service.shape, service.colour, service.ink) for service in plain
    ]


def test_twenty_five_services_have_twenty_five_signs_and_the_next_is_refused() -> None:
    signs = with_signs([{"code": str(n)} for n in range(25)])
    assert len({(one["shape"], one["colour"]) for one in signs}) == 25
    assert [one["shape"] for one in signs] == list(SHAPES) * 5
    for one in signs:
        assert contrast(one["colour"], one["ink"]) >= 7
    with pytest.raises(ValueError, match="hết ký hiệu"):
        with_signs([{"code": str(n)} for n in range(26)])


def test_what_the_office_wrote_stays_and_others_keep_away_from_it() -> None:
    signs = with_signs([{"code": "a"}, {"code": "b", "shape": "circle", "colour": "#0B4F8A"}, {"code": "c"}])
    assert (signs[1]["shape"], signs[1]["colour"]) == ("circle", "#0B4F8A")
    assert [(one["shape"], one["colour"]) for one in (signs[0], signs[2])] == [
        ("square", "#7A4117"),
        ("triangle", "#A31A57"),
    ]


def test_a_colour_of_the_office_gets_ink_and_tint_that_suit_it() -> None:
    light = build(with_sixth(shape="circle", colour="#9BD35A"), "office.toml").service[5]
    assert (light.ink, light.tint) == ("#1D1A16", "#F3FAEB")
    assert build(sample(ink=None, colour="#0B4F8A"), "office.toml").service[0].ink == "#FFFFFF"


def test_one_shape_in_two_colours_that_look_alike_is_refused() -> None:
    message = "service.colour: hình “circle” dùng hai lần với hai màu gần giống nhau, #0B4F8A và #104F80"
    assert any(one.startswith(message) for one in problems(with_sixth(shape="circle", colour="#104F80")))


def test_a_letter_that_cannot_be_read_on_its_colour_is_refused() -> None:
    found = problems(sample(ink="#333333"))
    assert any(one.startswith("service[0].ink: chữ màu “#333333” không đọc được trên nền #0B4F8A") for one in found)


def test_a_wrong_colour_is_still_told_as_such() -> None:
    assert any("không phải mã màu" in one for one in problems(sample(colour="blue")))
    assert any("service" in one for one in problems({**sample(), "service": "none"}))


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#FFFFFF", "#000000", 21.0), ("#0B4F8A", "#FFFFFF", 8.4), ("#F4B81B", "#1D1A16", 9.7)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.06)
    assert contrast(other, one) == contrast(one, other)


def test_the_five_colours_are_far_apart_and_near_ones_are_not() -> None:
    assert all(distance(one, other) > 120 for one, other in combinations(COLOURS, 2))
    assert distance("#0B4F8A", "#0B4F8A") == 0 and distance("#000000", "#FFFFFF") == pytest.approx(765, abs=1)
    assert look_alike([("star", "#0B4F8A"), ("circle", "#0B4F8A")]) == []
    assert [pair.second for pair in look_alike([("star", "#0B4F8A"), ("star", "#0B4F90")])] == ["#0B4F90"]
    assert ink_for("#FFFFFF") == "#1D1A16" and tint_for("#000000") == "#E0E0E0"


def test_the_sample_needs_no_rule() -> None:
    assert isinstance(build(sample(), "office.toml"), Configuration)
