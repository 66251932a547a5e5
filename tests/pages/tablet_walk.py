"""A walk through every screen of the tablet; what the office asks and the number are made up on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.pages.added_language import MADE_UP, pseudo
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import LONGEST, LONGEST_NAMES, on, press

# The widest number and the longest names, five faces and a second page, whatever the service says.
WIDEST = """([name, names, faces, languages, notice]) => { const real = window.fetch;
  window.fetch = async (...asked) => {
    const address = asked[0].url ?? asked[0];
    if (/api\\/v1\\/ratings$/.test(address)) return new Response('{"id": "1"}', { status: 201 });
    const answer = await real(...asked);
    if (!answer.ok || !/api\\/v1\\/(counters\\/|page\\/)/.test(address)) return answer;
    const body = await answer.json();
    for (const ticket of [body.ticket, body.to_rate]) if (ticket) ticket.number = "A1000";
    if ("last_served" in body) body.last_served = "A1000";
    if (body.shown) {
      const { services, survey, office } = body.shown;
      Object.assign(services[2], { name, names });
      office.name = "Trung tâm Phục vụ hành chính công xã Tân Trịnh Trường Sơn Đông";
      const last = survey.levels.at(-1);
      const named = (code, name) => ({ ...last, code, name, names: {} });
      if (faces === 5) {
        survey.levels = [
          named("very_satisfied", "Rất hài lòng"), named("satisfied", "Hài lòng"), named("fair", "Bình thường"),
          named("unsatisfied", "Không hài lòng"), named("not_satisfied", "Rất không hài lòng")];
      }
      const choice = (code, name) => ({ code, name, names: {}, pictogram: "check" });
      survey.further = [{
        code: "offices", name: "Bà con phải đến mấy cơ quan để làm xong việc này?", names: {}, criterion: 4,
        choices: [
          choice("none", "Không phải đến đâu nữa"), choice("one", "Một cơ quan"),
          choice("more", "Hai cơ quan trở lên")],
      }];
      survey.remark = survey.voice_remark = true;
      if (languages.length) office.languages = languages;
      body.shown.notices = languages.map((language) => ({ id: language, language, text: notice }));
    }
    return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
  }; }"""

# A look at a screen takes longer than a citizen does: the seconds in which an answer may be chosen again do not pass.
# Slides come at once, or never.
STILL = """(slides) => { const [set, now] = [window.setTimeout, Date.now()];
  Date.now = () => now;
  window.setTimeout = (act, ms, ...more) =>
    slides && ms === 20000 ? set(act, 0) : ms >= 4000 ? 0 : set(act, ms, ...more); }"""
# A line of the page's own, which a test can cut: none of it is in a worker.
ALONE = "delete window.SharedWorker"
NOTICE = (
    "Sáng thứ Sáu, ngày 19 tháng 4, Bộ phận Một cửa nghỉ họp từ 9 giờ đến 10 giờ 30. "
    "Mời bà con quay lại sau giờ đó, hoặc nộp hồ sơ trực tuyến."
)
AT_REST = "#stage[data-screen=idle] .below:not(.cut)"


def prepare(page: Page, faces: int = 5, first: str = "", slides: bool = False) -> None:
    """Before the page is opened; `first`: the office's first language, which a tablet at rest speaks."""
    languages = [first, *({"vi", "en"} - {first})] if first else []
    widest = [LONGEST, LONGEST_NAMES, faces, languages, pseudo(NOTICE) if first == MADE_UP else NOTICE]
    page.add_init_script(f"({STILL})({json.dumps(slides)})")
    page.add_init_script(f"({WIDEST})({json.dumps(widest)})")


def opened(office: RunningOffice, page: Page, counter: str = "4", faces: int = 5) -> None:
    """The tablet of a counter at rest, once its line is alive: a ticket of before is asked about no more."""
    prepare(page, faces)
    page.goto(office.page_address("tablet", counter))
    past_rating(page, AT_REST)


def past_rating(page: Page, wanted: str) -> None:
    """Until a screen is there, past the question about a ticket of before."""
    page.wait_for_selector(f"{wanted}, #stage[data-screen=rate]")
    if page.get_attribute("#stage", "data-screen") == "rate":
        press(page, ".skip")
    page.wait_for_selector(wanted)


def seldom(
    office: RunningOffice, open_page: Opener, size: tuple[int, int], language: str
) -> Iterator[tuple[str, Page]]:
    """What a tablet shows while nobody is served, where it was not placed yet, and while its line is down."""
    page = open_page(f"{office.address}/healthz", *size)
    prepare(page, first=language, slides=True)
    page.goto(office.page_address("tablet", "3"))  # where nobody was served: nothing is asked meanwhile
    page.wait_for_selector(".slide p")
    yield "slide", page
    page.goto(office.page_address("tablet"))
    on(page, "counters")
    yield "counters", page
    page = open_page(f"{office.address}/healthz", *size)
    page.add_init_script(ALONE)
    page.route("**/api/v1/stream*", lambda route: route.abort())
    prepare(page, first=language)
    page.goto(office.page_address("tablet", "4"))
    past_rating(page, "#stage.cut[data-screen=idle] .below.cut")
    yield "idle, no line", page
    office.send("POST", "/api/v1/tickets", "kiosk", {"service": "VX", "language": language})
    ticket = office.send("POST", "/api/v1/counters/4/call-next", "counter", {}, "4")
    page.reload()
    past_rating(page, "#stage.cut[data-screen=serving] .below.cut")
    yield "serving, no line", page
    office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "4")


def screens(office: RunningOffice, page: Page, language: str) -> Iterator[str]:
    """From the counter at rest over a ticket in that language to its last thanks."""
    on(page, "idle")
    yield "idle"
    office.send("POST", "/api/v1/tickets", "kiosk", {"service": "VX", "language": language})
    ticket = office.send("POST", "/api/v1/counters/4/call-next", "counter", {}, "4")
    on(page, "serving")
    yield "serving"
    office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "4")
    on(page, "rate")
    yield "rate"
    press(page, ".level:last-child")
    on(page, "reason")
    yield "reason"
    press(page, "[data-reason]")
    on(page, "thanks")
    yield "thanks"
    press(page, ".write:not(.speak)")
    on(page, "remark")
    yield "remark"
    press(page, ".skip")
    on(page, "thanks")
    press(page, ".speak")
    on(page, "spoken")
    yield "spoken"
    press(page, ".skip")
    on(page, "thanks")
    press(page, ".further")
    on(page, "further")
    yield "further"
    press(page, ".skip")
    on(page, "thanks")
