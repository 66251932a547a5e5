"""`motcua language`: a further language for citizens by a file of sentences, without a line of code."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path

from kiosk.commands.common import add_config, configuration, group
from kiosk.commands.speech import fail
from kiosk.i18n.catalogues import translate

NO_CODE = "{code} is no code of a further language: two or three small letters"
DONE = "{done} of {count} sentences are translated; the others are said in Vietnamese"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    language = group(commands, "language", "a further language for citizens")
    template = language.add_parser(
        "template",
        help="write all sentences that citizens see, in Vietnamese, to be translated",
        epilog="example: motcua language template bdq --config office.toml",
    )
    template.add_argument("language", metavar="CODE", help="ISO 639, two or three letters")
    add_config(template)
    template.add_argument("--to", type=Path, metavar="FILE", help="else into the state folder, where the service reads")
    template.set_defaults(run=_template)
    check = language.add_parser(
        "check",
        help="count what is translated, name what cannot be used",
        epilog="example: motcua language check bdq --config office.toml",
    )
    check.add_argument("language", metavar="CODE")
    add_config(check)
    check.set_defaults(run=_check)


def sentences(args: argparse.Namespace) -> dict[str, str]:
    """English key to Vietnamese sentence: all that stands on the pages and slips of citizens; and behind them, where a
    configuration is named, what the office calls things, each by itself. Raises ConfigurationError.
    """
    from config.texts import own_texts

    named = args.config or os.environ.get("MOTCUA_CONFIG")
    own = own_texts(configuration(args)) if named else []
    return {**_program_sentences(), **{text: text for text in own}}


def _program_sentences() -> dict[str, str]:
    from kiosk.i18n.catalogues import catalogue
    from kiosk.printing.slip_words import SENTENCES
    from kiosk.web.pages.sentences import CITIZENS_PAGES, page_sentences, read_sentences

    slips = catalogue("slips").sentences()
    shown = [*(page_sentences(page) for page in CITIZENS_PAGES), read_sentences()]
    return {**{key: text for page in shown for key, text in page.items()}, **{k: slips[k] for k in SENTENCES.values()}}


def _template(args: argparse.Namespace) -> int:
    from kiosk.i18n.office_words import CODE, WordsUnreadable, read_words, words_file

    if not CODE.fullmatch(args.language) or args.language == "vi":
        return fail(
            translate("{code} is no code of a further language: two or three small letters", code=args.language)
        )
    file = args.to or words_file(args.language)
    try:
        made = {**sentences(args), **read_words(file)}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (OSError, WordsUnreadable) as error:
        return fail(str(error))
    print(translate("{file}: {count} sentences. What was translated before is kept.", file=file, count=len(made)))
    return 0


def _check(args: argparse.Namespace) -> int:
    from kiosk.i18n.office_words import WordsUnreadable, read_words, usable, words_file

    asked = sentences(args)
    try:
        words = read_words(words_file(args.language))
    except WordsUnreadable as error:
        return fail(str(error))
    done = [key for key, text in usable(words, asked).items() if text != asked[key]]
    print(
        translate(
            "{done} of {count} sentences are translated; the others are said in Vietnamese",
            done=len(done),
            count=len(asked),
        )
    )
    faults = _faults(words, asked)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


def _faults(words: Mapping[str, str], asked: Mapping[str, str]) -> list[str]:
    from kiosk.i18n.office_words import wrong_places

    faults = [translate("“{key}”: no sentence of this version", key=key) for key in words if key not in asked]
    for key in words.keys() & asked.keys():
        if wrong := wrong_places(key, asked[key], words[key]):
            names = ", ".join(f"{{{name}}}" for name in sorted(wrong))
            faults.append(translate("“{key}”: {names} is missing or too many", key=key, names=names))
    return sorted(faults)
