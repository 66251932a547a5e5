"""Makes the fonts of pages from the package's: the letters of Vietnamese, of Latin's languages and our signs, as WOFF.

The whole fonts stay behind them for any other letter. Needs fonttools; run it again when the package changes.
"""

from fontTools import subset
from fontTools.ttLib import TTFont

from kiosk.web.pages.assets import STATIC, fonts

WEIGHTS = {"Medium": 500, "Bold": 700, "ExtraBold": 800}
# As in tokens.css: Latin to Extended-A, ơ and ư, tones, Vietnamese, punctuation, ₫ and €, ™, arrows, minus, tick.
RANGES = (
    *((0x20, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x309), (0x323, 0x323), (0x1EA0, 0x1EF9)),
    *((0x2010, 0x2030), (0x20AB, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2713, 0x2713)),
)


def main() -> None:
    options = subset.Options()
    options.layout_features, options.hinting, options.flavor = ["*"], False, "woff"
    options.recalc_timestamp = False
    for name, weight in WEIGHTS.items():
        font = TTFont(fonts() / f"BeVietnamPro-{name}.ttf", recalcTimestamp=False)
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        chosen.subset(font)
        subset.save_font(font, STATIC / "fonts" / f"be-vietnam-pro-{weight}.woff", options)


if __name__ == "__main__":
    main()
