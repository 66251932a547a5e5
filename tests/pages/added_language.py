"""The office that followed docs/adding-a-language.md to the letter with a made-up language."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from config import places
from config.loading import build, sample_text
from tests.kiosk.commands.test_commands import Shell
from tests.office import OfficeStory
from tests.sources import ROOT

MADE_UP = "qps"
DOCUMENT = (ROOT / "docs/adding-a-language.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.S) for line in block.splitlines()]
(TABLES,) = (tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", DOCUMENT, re.S))
LENGTHENED = str.maketrans({"a": "ă", "e": "ê", "o": "ơ", "u": "ư", "y": "ỹ", "n": "ň", "c": "ć"})


def pseudo(text: str) -> str:
    """The sentence in the made-up language: other letters, brackets, a fifth longer; places and stars stay."""
    parts = re.split(r"(\{\w+\})", text)
    words = "".join(part if part.startswith("{") else part.translate(LENGTHENED) for part in parts)
    return f"[{words}{'~' * (len(text) // 5)}]"


def story_with_language(folder: Path) -> OfficeStory:
    """Each command of the document, in its order; MOTCUA_HOME is the state folder of `folder`."""
    shell = Shell(folder)
    tables: dict[str, Any] = tomllib.loads(sample_text())
    for line in COMMANDS:
        program, *arguments = shlex.split(line)
        assert program == "motcua"
        if arguments[:2] == ["language", "check"]:
            translate_all()
        if arguments[:2] == ["config", "check"]:
            shell.config.write_text(with_tables(sample_text()), encoding="utf-8")
        done = shell.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    tables["office"] |= TABLES["office"] | {"opening": "always"}
    tables["slip_words"] |= TABLES["slip_words"]
    tables |= {"printer": [], "database": {"url": f"sqlite:///{folder / 'office.db'}"}}
    tables["server"] |= {"bind": "127.0.0.1:0", "public_url": "https://mc.vn"}
    return OfficeStory("", build(tables, "sample"))


def translate_all() -> None:
    file = places.translations_folder() / f"{MADE_UP}.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    made = {key: pseudo(text) for key, text in words.items()} | {"Name of this language": "[Qps]"}
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def with_tables(text: str) -> str:
    """The sample with what the document adds."""
    block = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.S)[0]
    languages, _, words = block.partition("\n\n")
    return re.sub(r"(?m)^languages = .*$", languages.splitlines()[1], text, count=1) + "\n" + words


PLAIN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!node.data.trim() || owner.closest('script, style, noscript, [lang]:not(html)')) continue;
    const whole = owner.localName === 'b' ? owner.parentElement : owner;
    if (owner.checkVisibility() && !whole.textContent.includes('[')) found.push(node.data.trim());
  }
  return found;
}"""
MARKED = re.compile(r"[À-ỹ]")  # a letter that English does not have


def untranslated(story: OfficeStory, page: Page) -> list[str]:
    """Vietnamese that stands on a page and is no name: of the office, of a language, of who works there, on a sign."""
    office = story.app.configuration
    names = {office.office.name, office.office.authority, "Tiếng Việt", *(one.name for one in office.officer)}
    names |= {one.name for one in office.service}
    return [text for text in page.evaluate(PLAIN) if len(text) > 1 and MARKED.search(text) and text not in names]
