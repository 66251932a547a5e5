"""Without a word and without a colour: pictures alone still tell services, groups, faces and reasons apart."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations
from typing import Any

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Locator, Page

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import made_up, on, press, rating_screens
from tests.pages.looks import on_screen

# Every letter goes, of signs too, and every colour; shapes and pictograms stay.
BLANK = """* { -webkit-text-fill-color: transparent !important; } svg text { fill: none !important; }
html { filter: grayscale(1) !important; }"""
SIDE = 64  # px to which a picture is brought before two of them are compared
LEAST = 0.04  # of all ink that may differ; two drawings of the same tile differ by less than a tenth of it
PICTURES = "svg.picto, svg.sign, svg.face"


BOXES = """all => all.map(one => one.getBoundingClientRect()).filter(box => box.width && box.height)
  .map(box => [box.left, box.top, box.right, box.bottom])"""


def picture(page: Page, selector: str) -> Image.Image:
    """The pictures of a tile in grey, side by side, without its words, its ground and its rim."""
    boxes, screen = standing(page, page.locator(selector).locator(PICTURES))
    sheet = Image.new("L", (2 * SIDE, SIDE), 255)
    for place, box in enumerate(boxes[:2]):
        sheet.paste(screen.crop(tuple(map(round, box))).resize((SIDE, SIDE)), (place * SIDE, 0))
    return sheet


def standing(page: Page, wanted: Locator) -> tuple[Any, Image.Image]:
    """Their boxes, and the page in grey on which they stand there: drawn anew or moving, it is looked at again."""
    for _ in range(50):
        boxes = wanted.evaluate_all(BOXES)
        screen = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("L")
        if boxes and boxes == wanted.evaluate_all(BOXES):
            return boxes, screen
    raise AssertionError("nothing of that stands still on the page")


def difference(one: Image.Image, other: Image.Image) -> float:
    """0 for the same picture, 1 for black against white."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0]) / 255


def alike(page: Page, attribute: str) -> list[str]:
    """Pairs of tiles that cannot be told apart by their pictures."""
    names = page.eval_on_selector_all(f"[{attribute}]", f"all => all.map(one => one.getAttribute('{attribute}'))")
    assert len(names) > 1
    drawn = {name: picture(page, f"[{attribute}='{name}']") for name in names}
    pairs = {(a, b): difference(drawn[a], drawn[b]) for a, b in combinations(names, 2)}
    return [f"{a} and {b}: {by:.3f}" for (a, b), by in pairs.items() if by < LEAST]


def test_pictures_alone_tell_the_choices_of_the_kiosk_apart(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/healthz")
    made_up(page, waiting=3)
    page.goto(office.page_address("kiosk"))
    on(page, "home")
    page.add_style_tag(content=BLANK)
    press(page, ".take")
    on(page, "service")
    assert alike(page, "data-service") == []
    one = picture(page, "[data-service=HT]")
    assert difference(one, picture(page, "[data-service=HT]")) < LEAST / 10, "the same picture is the same"
    press(page, "[data-service=HT]")
    on(page, "priority")
    assert alike(page, "data-priority") == []
    press(page, ".key.back")
    press(page, ".key.back")
    on(page, "home")
    press(page, ".speech")
    on(page, "rate")
    kinds = {"faces": "data-level", "reason": "data-reason"}
    seen = {screen: alike(page, kinds[screen]) for screen in rating_screens(page) if screen in kinds}
    assert seen == {"faces": [], "reason": []}


def test_pictures_alone_tell_the_answers_of_the_tablet_apart(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    page.add_style_tag(content=BLANK)
    running.story.take_number("HT")
    ticket = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    on_screen(page, "serving")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    on_screen(page, "rate")
    assert alike(page, "data-level") == []
    press(page, "[data-level=not_satisfied]")
    on_screen(page, "reason")
    assert alike(page, "data-reason") == []


GREY = "html { filter: grayscale(1) !important; }"


def test_without_a_colour_the_tv_tells_services_and_states_apart(running: RunningOffice, open_page: Opener) -> None:
    """Words stay on a TV: a row that calls, one that serves and a free one differ by more than colour."""
    for service, counter in (("HT", "1"), ("DD", "3"), ("VX", "4")):
        running.story.take_number(service)
        running.send("POST", f"/api/v1/counters/{counter}/call-next", "counter", {}, counter)
    board: dict[str, Any] = running.send("GET", "/api/v1/board", "board")
    serving = next(row["ticket"]["id"] for row in board["counters"] if row["code"] == "3")
    running.send("POST", f"/api/v1/tickets/{serving}/start", "counter", {}, "3")
    page = open_page(running.page_address("board"), 1920, 1080)
    page.wait_for_selector(".row.called")
    page.add_style_tag(content=GREY)
    shots = cuts(page, ".waiting .signs svg.sign")
    assert len(shots) == 5
    assert [difference(a, b) for a, b in combinations(shots, 2) if difference(a, b) < LEAST] == []
    states = {code: page.inner_text(f"[data-counter='{code}'] .state") for code in ("1", "3", "2")}
    assert len(set(states.values())) == 3 and all(states.values())
    called, calm = (cuts(page, f"[data-counter='{code}']")[0] for code in ("1", "3"))
    assert difference(called, calm) > 0.2, "a call is light on dark in grey too"
    assert page.locator("[data-counter='1'] .state svg").count() == 1, "and has an arrow"


def cuts(page: Page, selector: str) -> list[Image.Image]:
    """What stands in the boxes of these on one picture of the page: a board that is drawn anew has others."""
    boxes, screen = standing(page, page.locator(selector))
    return [screen.crop(tuple(map(round, box))).resize((SIDE, SIDE)) for box in boxes]


def test_pictures_that_are_alike_are_found(open_page: Opener, office: RunningOffice) -> None:
    """That none is found says something only if one would be."""
    page = open_page(f"{office.address}/healthz")
    shape = "<svg class='picto' width='60' height='60'><circle cx='30' cy='30' r='{}'/></svg>"
    page.set_content("".join(f"<b data-x='{n}'>{shape.format(r)}</b>" for n, r in (("a", 28), ("b", 27), ("c", 12))))
    assert [pair.partition(":")[0] for pair in alike(page, "data-x")] == ["a and b"]
