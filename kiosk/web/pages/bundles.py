"""One script for each page, made of its modules when it is first asked for, and its styles in one sheet (the kiosk's in
two): seventy requests become a few.

Every module keeps its own room: it becomes a function that answers what the module exports, and its imports become
constants at the top of that function. So a module may import only from one that does not import it in turn, and what it
exports never changes; `bundle` refuses anything else. A sheet is its files in turn, later rules behind earlier ones.
"""

from __future__ import annotations

import re
from functools import cache
from os.path import relpath
from pathlib import Path

from kiosk.web.pages.assets import PACKED, STATIC, PackedAsset, imported_by, named_from, packed

FOLDER = "pages"  # below /static/; no folder of that name lies on the disk
SHEETS = {
    "kiosk-first": ("tokens.css", "kiosk/first.css"),  # all that is drawn before the script runs
    "kiosk": (
        "kiosk/kiosk.css",
        "kiosk/wide.css",
        "kiosk/procedures.css",
        "kiosk/informs.css",
        "kiosk/large.css",
    ),
    "tablet": ("tokens.css", "tablet/tablet.css", "tablet/large.css"),
    "ticket": ("tokens.css", "ticket/ticket.css"),
    "console": ("tokens.css", "console/console.css"),
    "board": ("tokens.css", "board/board.css"),
    "filing": ("tokens.css", "filing/filing.css"),
    "admin": ("tokens.css", "admin/admin.css"),
    "voices": ("tokens.css", "admin/admin.css", "voices/voices.css"),
}
ADDRESS = re.compile(r'url\("(?![/"#]|[a-z]+:)([^"]+)"\)')  # one that is relative to its sheet
UNQUOTED = re.compile(r'url\((?!")[^)]*\)')
LINE_OF_IMPORT = re.compile(r'^import \{ ([^}]+) \} from "(\.[^"]+)";', re.MULTILINE)
EXPORTED = re.compile(r"^export ((?:async )?(?:function|class|const) ([\w$]+|\[[\w$, ]+\]))", re.MULTILINE)
AGAIN = re.compile(r"^export \{ ([\w$, ]+) \};", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
WAITS = re.compile(r"^(?:export )?(?:const \w+ = )?await ", re.MULTILINE)


class UnfitModule(Exception):
    """A file that cannot stand in a bundle; the text says which and why."""


def bundle_name(folder: str) -> str:
    """The static file that holds all modules of a page: "pages/kiosk.js"."""
    return f"{FOLDER}/{folder}.js"


def sheet_name(sheet: str) -> str:
    """The static file that holds those styles: "pages/kiosk.css"."""
    return f"{FOLDER}/{sheet}.css"


def made_names() -> set[str]:
    """The scripts and sheets that there are."""
    return {bundle_name(main.parent.name) for main in STATIC.glob("*/main.js")} | set(map(sheet_name, SHEETS))


def bundle(name: str) -> str | None:
    """The text of the script or the sheet with that name; None where there is none. Raises UnfitModule."""
    return _sheet(name) if name.endswith(".css") else _script(name)


def _sheet(name: str) -> str | None:
    sheet = name.removeprefix(f"{FOLDER}/").removesuffix(".css")
    if name != sheet_name(sheet) or sheet not in SHEETS:
        return None
    return "".join(map(_moved, SHEETS[sheet]))


def _moved(file: str) -> str:
    """A file of styles whose addresses are right below `pages/`. Raises UnfitModule for one without its quotes."""
    folder, text = Path(file).parent, (STATIC / file).read_text(encoding="utf-8")
    if found := UNQUOTED.search(text):
        raise UnfitModule(f'{file}: write url("…") for {found[0]}')

    def seen_from_pages(found: re.Match[str]) -> str:
        return f'url("{relpath(folder / found[1], FOLDER)}")'

    return ADDRESS.sub(seen_from_pages, text)


def _script(name: str) -> str | None:
    folder = name.removeprefix(f"{FOLDER}/").removesuffix(".js")
    if name != bundle_name(folder) or "/" in folder or not (STATIC / folder / "main.js").is_file():
        return None
    names = in_order(f"{folder}/main.js")
    numbers = {module: number for number, module in enumerate(names)}
    return "".join(_room(module, numbers) for module in names)


@cache
def packed_bundle(name: str) -> PackedAsset | None:
    """The same, packed by gzip."""
    text = bundle(name)
    return None if text is None else packed(text.encode(), PACKED[Path(name).suffix])


def in_order(first: str) -> list[str]:
    """A module and all that it needs, each after what it imports. Raises UnfitModule when two need each other."""
    names: list[str] = []
    above: list[str] = []

    def visit(name: str) -> None:
        if name in above:
            raise UnfitModule(f"{name} needs itself: {' → '.join([*above[above.index(name) :], name])}")
        if name in names:
            return
        above.append(name)
        for target in imported_by(name):
            visit(target)
        names.append(above.pop())

    visit(first)
    return names


def _room(name: str, numbers: dict[str, int]) -> str:
    source = (STATIC / name).read_text(encoding="utf-8")
    lists = [*(exported for _, exported in EXPORTED.findall(source)), *AGAIN.findall(source)]
    given = ", ".join(one.strip("[]") for one in lists)

    def constants(line: re.Match[str]) -> str:
        return f"const {{ {line[1].replace(' as ', ': ')} }} = m{numbers[named_from(name, line[2])]};"

    body = EXPORTED.sub(r"\1", AGAIN.sub("", LINE_OF_IMPORT.sub(constants, source)))
    body = body.replace("import.meta.url", f'new URL("../{name}", import.meta.url).href')
    if line := LEFT_OVER.search(body):
        raise UnfitModule(f"{name}: this line cannot stand in a bundle: {line[0]}")
    opening = "await (async () => {" if WAITS.search(source) else "(() => {"
    return f"const m{numbers[name]} = {opening} // {name}\n{body}\nreturn {{ {given} }};\n}})();\n"
