"""Measuring a page from its boxes: every word whole, on the screen, and on no other word."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

# Each line of each text: where its letters stand (px; a fifth of the line's height above and below is air), what is
# left of it where an ancestor clips, and whether one can scroll to it.
LINES = """() => {
  const found = [];
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const open = document.querySelector('dialog[open]');
  const skipped = (e) => !shown(e) || e.closest('script, style, svg text') || (open && !open.contains(e));
  const forEars = (e) => e.getBoundingClientRect().width <= 1;
  const visibleIn = (owner) => {
    const room = { left: 0, top: 0, right: innerWidth, bottom: innerHeight, scrolls: false };
    for (let e = owner; e && e !== document.documentElement; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const box = e.getBoundingClientRect();
      if (['auto', 'scroll'].includes(style.overflowY)) {
        const [left, right] = [Math.max(room.left, box.left), Math.min(room.right, box.right)];
        return { ...room, ...(style.overflowX === 'hidden' ? { left, right } : {}), scrolls: true };
      }
      room.left = Math.max(room.left, box.left);
      room.top = Math.max(room.top, box.top);
      room.right = Math.min(room.right, box.right);
      room.bottom = Math.min(room.bottom, box.bottom);
    }
    return room;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!node.data.trim() || skipped(owner) || forEars(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [style, room] = [getComputedStyle(owner), visibleIn(owner)];
    const ellipsis = owner.scrollWidth > owner.clientWidth + 1 && style.textOverflow === 'ellipsis';
    for (const line of range.getClientRects()) {
      if (!line.width) continue;
      const [top, bottom] = [line.top + line.height * 0.2, line.bottom - line.height * 0.2];
      const across = line.left >= room.left - 1.5 && line.right <= room.right + 1.5;
      const inside = across && top >= room.top - 1.5 && bottom <= room.bottom + 1.5;
      const size = parseFloat(style.fontSize) * (owner.currentCSSZoom || 1);
      found.push({ text: node.data.trim(), size, left: line.left, top, right: line.right,
        bottom, inside, across, scrolls: room.scrolls, ellipsis });
    }
  }
  return found;
}"""


@dataclass(frozen=True)
class Line:
    """A line of words: the px of its letters, the size of type as the page says it; `across`: not cut aside."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    inside: bool
    across: bool
    scrolls: bool
    ellipsis: bool

    def covers(self, other: Line) -> bool:
        """Whether a part of the letters lies on those of the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and high > 1


def lines_of(page: Page) -> list[Line]:
    """All that can be read now, without scrolling aside."""
    return [Line(**one) for one in page.evaluate(LINES)]


BEYOND = """() => {
  const end = document.querySelector('.place').getBoundingClientRect();
  const shown = [...document.querySelectorAll('.place main *')].filter((one) => one.checkVisibility());
  return shown.filter((one) => !one.closest('svg')).filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.bottom > end.bottom + 2 || box.right > end.right + 2 || box.top < end.top - 2);
  }).map((one) => `beyond: ${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`);
}"""
OUT_OF_BUTTON = """() => [...document.querySelectorAll('#stage button')].flatMap((button) => {
  const room = button.getBoundingClientRect();
  const words = [...button.querySelectorAll('b, small, span')].filter((one) => one.textContent.trim());
  return words.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < room.left - 2 || box.right > room.right + 2 || box.bottom > room.bottom + 2);
  }).map((one) => `out of its button: ${one.textContent.slice(0, 40)}`);
})"""
# A line of words whose lower half lies under something else, as under the foot of its own tile.
COVERED = """() => {
  const covered = [];
  const flow = document.querySelector('.large .flow');
  const glass = flow ? flow.getBoundingClientRect() : { top: -Infinity, bottom: Infinity };
  const walker = document.createTreeWalker(document.querySelector('.place main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!node.data.trim() || owner.closest('svg') || !owner.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.top < glass.top || line.bottom > glass.bottom) continue; // read after the next turn
      const top = document.elementFromPoint(line.left + line.width / 2, line.bottom - line.height * 0.3);
      if (line.width && top && !top.contains(owner) && !owner.contains(top)) covered.push(`covered: ${node.data}`);
    }
  }
  return covered;
}"""


# Words of letters alone that begin on one line and end on the next.
BROKEN = """() => {
  const broken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, style, svg')) continue;
    if (node.parentElement.getBoundingClientRect().width <= 1) continue; // for ears alone
    const range = document.createRange();
    for (const word of node.data.matchAll(/[\\p{L}\\p{M}]{2,}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].filter((one) => one.width).map((one) => Math.round(one.top)));
      if (tops.size > 1) broken.push(`broken: ${word[0]}`);
    }
  }
  return broken;
}"""


def broken_words(page: Page) -> list[str]:
    """Words that stand on two lines; a reader takes them for two."""
    broken: list[str] = page.evaluate(BROKEN)
    return broken


def beyond_place(page: Page) -> list[str]:
    """What of a kiosk's screen stands outside the place between its head and its bar, or under something else."""
    beyond: list[str] = page.evaluate(BEYOND) + page.evaluate(OUT_OF_BUTTON) + page.evaluate(COVERED)
    return beyond


def faults_of(page: Page, least_px: float) -> list[str]:
    """What is cut, stands over other words, or is smaller than `least_px` of the page's drawing."""
    lines = lines_of(page)
    assert lines, "nothing to read"
    faults = [f"cut: {line}" for line in lines if line.ellipsis or not (line.across if line.scrolls else line.inside)]
    faults += [f"small: {line}" for line in lines if line.size < least_px]
    for beside in ([line for line in lines if line.scrolls], [line for line in lines if not line.scrolls]):
        faults += [f"{one} on {other}" for i, one in enumerate(beside) for other in beside[:i] if one.covers(other)]
    return faults
