"""What axe-core finds on a page as it stands."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text("utf-8")
STAFF = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Words in the very colour of their ground: axe leaves it to people whether somebody hid them so.
UNSEEN = """const unseen = (found) => found.incomplete.map((one) => ({ ...one,
    nodes: one.nodes.filter((node) => node.any.some((why) => why.data?.messageKey === "equalRatio")) }));"""
RUN = (
    f"async (asked) => {{ {UNSEEN}"
    + """
  axe.reset(); // ten to one may have been asked before
  const isMadeUp = Boolean(document.querySelector("[lang=qps]")); // a test's own language, which no list names
  const rules = Object.fromEntries(asked.rules.map((rule) => [rule, { enabled: true }]));
  if (isMadeUp) rules["html-lang-valid"] = rules["valid-lang"] = { enabled: false };
  const found = await axe.run(document, { runOnly: asked.tags, rules, resultTypes: ["violations", "incomplete"] });
  return found.violations.concat(unseen(found)).flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((why) => why.message)[0]}`));
}"""
)


def faults_of(page: Page, state: str, citizens: bool = True) -> list[str]:
    """What axe-core finds; `citizens`: contrast 7 to 1 too."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    asked = {"tags": STAFF, "rules": ["color-contrast-enhanced"] if citizens else []}
    return [f"{state}: {fault}" for fault in page.evaluate(RUN, asked)]


TEN = (
    f"async () => {{ {UNSEEN}"
    + """
  const ratios = { normal: { expected: 10 }, large: { expected: 10 } };
  axe.configure({ checks: [{ id: "color-contrast-enhanced", options: { contrastRatio: ratios } }] });
  const wanted = { runOnly: ["color-contrast-enhanced"], resultTypes: ["violations", "incomplete"] };
  const found = await axe.run(document, wanted);
  return found.violations.concat(unseen(found)).flatMap((one) => one.nodes.map((node) =>
    `${node.target.join(" ")}: ${node.any[0].message}`));
}"""
)


def short_of_ten(page: Page, state: str) -> list[str]:
    """Words with a contrast under 10 to 1."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    return [f"{state}: {fault}" for fault in page.evaluate(TEN)]


GREYED = """() => [...document.querySelectorAll('body *')].some((one) => one.checkVisibility()
  && one.textContent.trim() && Number(getComputedStyle(one).opacity) < 1 && !one.closest('button, select, input'))"""
BLANKED = "getComputedStyle(document.body).webkitTextFillColor === 'rgba(0, 0, 0, 0)'"
STAFFS = ("/admin", "/counter")
REAL_TIME = "/native code/.test(setTimeout.toString())"


def faults_at_the_end(page: Page) -> list[str]:
    """Of a page of ours as a test leaves it; none of what is no page."""
    path = urlsplit(page.url).path
    if page.is_closed() or not page.evaluate("Boolean(document.body.className && document.styleSheets.length)"):
        return []
    if page.evaluate(GREYED):
        return []  # the line is down: figures that may be old look dead on purpose
    if page.evaluate(BLANKED):
        return []  # a test took all words away
    if not page.evaluate(REAL_TIME):
        page.clock.resume()  # axe waits between its rules; a clock that a test stopped would hold it for ever
    return faults_of(page, path, citizens=not path.startswith(STAFFS))
