"""Words without which nobody can act at a machine: the question, its answers, the number and where it is called, the
one sentence that says what to do, and the keys. All others are second lines."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

ACTED_ON = (
    ".heading :is(h1, p), .note, .message, .floor :is(h1, p), .what :is(h2, p), .rows p, .resting p,"
    " .first :is(h2, p), .another h1, .panel :is(h1, p), .closed > :is(h1, p:not(.still)), .sessions b, .opening,"
    " .take b, .tile b, .service b, .chosen b, .group b, .level b, .why b, .procedure b, .stay b, .leave b,"
    " .pair button, .key, .languages button, .turn, .pad button, .letters button, .number b, .counters, .boxes,"
    " .knot b, .due :is(h2, p), .bring li, .fact b, .code b"
)
SECOND_LINES = "small, .take .nopaper, .foot, .ring, .letter, .detail .heading p"
LIES = ", .nopaper, .trouble:has(.qr) *, .detail .fact *, .dossier .heading p"  # and these, where the glass is low
LONG_NAME = 40  # signs of a name that comes down to the smallest type (matrix.LEAST_PX) in its tile or row


@dataclass(frozen=True)
class Glass:
    """px of the drawing in which what must be read stands, and what is a second line on it."""

    least: float
    second: str


UPRIGHT = Glass(39.5, SECOND_LINES)  # capitals of 7.3 mm on 21.5" (0.25 mm a px)
LYING = Glass(39, SECOND_LINES + LIES)  # on 15.6" (0.253 mm a px)
SMALL = """([acted, second]) => {
  const found = [];
  const stage = document.querySelector('#stage');
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    const shown = node.data.trim() && owner.checkVisibility() && !owner.closest('svg');
    if (!shown || !owner.closest(acted) || owner.closest(second) || owner.getBoundingClientRect().width <= 1) continue;
    found.push([node.data.trim(), parseFloat(getComputedStyle(owner).fontSize) * (owner.currentCSSZoom || 1)]);
  }
  return found;
}"""


def too_small_to_act(page: Page, glass: Glass) -> list[str]:
    """What must be read and is smaller than that; a long name may be."""
    found = page.evaluate(SMALL, [ACTED_ON, glass.second])
    assert found, "nothing to act on"
    short = [(text, size) for text, size in found if size < glass.least and len(text) <= LONG_NAME]
    return [f"to act: {text!r} in {size:.1f} px" for text, size in short]
