"""A walk through every screen of the tablet; what the office asks and the number are made up on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.pages.conftest import RunningOffice
from tests.pages.kiosk_walk import LONGEST, on, press
from tests.ticket_printer.slips import until

# The widest number and the longest names, five faces and a second page, whatever the service says.
WIDEST = """([name, faces]) => { const real = window.fetch;
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
      services[2].name = name;
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
    }
    return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
  }; }"""

# A look at a screen takes longer than a citizen does: the seconds in which an answer may be chosen again do not pass.
STILL = """() => { const [set, now] = [window.setTimeout, Date.now()];
  Date.now = () => now;
  window.setTimeout = (act, ms, ...more) => (ms >= 4000 ? 0 : set(act, ms, ...more)); }"""


def opened(office: RunningOffice, page: Page, counter: str = "4", faces: int = 5) -> None:
    """The tablet of a counter, resting or asking about the last ticket."""
    page.add_init_script(f"({STILL})()")
    page.add_init_script(f"({WIDEST})({json.dumps([LONGEST, faces])})")
    page.goto(office.page_address("tablet", counter))
    page.wait_for_selector("#stage[data-screen=idle], #stage[data-screen=rate]")
    assert until(lambda: office.service.stream.followers > 0, 20), "the page hears what happens from here on"


def screens(office: RunningOffice, page: Page, language: str) -> Iterator[str]:
    """From the counter at rest over a ticket in that language to its last thanks."""
    if page.get_attribute("#stage", "data-screen") == "rate":
        press(page, ".skip")
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
