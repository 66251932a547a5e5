"""What the citizens' pages say, as phrases of a pack: sentences of the catalogues, and the office's own words. Pure.

A page speaks by its text: it finds these phrases in what it shows. So a sentence with values ("Before you: {count}
people.") is the pieces around them, and numbers are composed of the phrases of the calls.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from itertools import chain

from config.schema import Configuration
from contract.records import dataclass
from kiosk.i18n.catalogues import catalogue
from kiosk.i18n.office_texts import office_texts
from kiosk.voices.sentences import FIRST, GROUPS, OTHERS, WORDS

VIETNAMESE, ENGLISH = "vi", "en"
PARTS = re.compile(r"\{(\w+)\}|[.!?…]+(?=\s|$)")
ENDS = ".!?… "
AROUND = " ,:;–-“”\"'·()"
MOST_SIGNS = 200
NUMBERS = "number"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A phrase of the pages. `texts`: words by language; `source`: the English sentence or the section of the
    configuration from which it comes; `is_first`: one of those that serve most.
    """

    key: str
    group: str
    texts: Mapping[str, str]
    source: str
    is_first: bool = False

    def text(self, language: str) -> str | None:
        """The words in that language; a language without words of its own gets the Vietnamese ones; None: not said."""
        if language in self.texts or language == ENGLISH:
            return self.texts.get(language)
        return self.texts.get(VIETNAMESE)


def prompts(configuration: Configuration, shown: Collection[str]) -> tuple[Prompt, ...]:
    """All phrases of this office's pages in the order of the studio; what is said alike in all languages stands once.

    `shown`: the English sentences of the citizens' pages; those that no group names come last.
    """
    office = configuration.office
    languages = tuple(dict.fromkeys((VIETNAMESE, ENGLISH, *office.languages, *configuration.voice.languages)))
    unique: dict[tuple[tuple[str, str], ...], Prompt] = {}
    named = _named_prompts(languages, office.folk)
    rest = _other_prompts(shown, languages, office.folk)
    for prompt in chain(named, _words(), _office_prompts(configuration), rest):
        same = tuple(sorted((language, text.casefold()) for language, text in prompt.texts.items()))
        unique.setdefault(same, prompt)
    return tuple(unique.values())


def for_page(all_prompts: Collection[Prompt], sentences: Collection[str], sections: Collection[str]) -> list[Prompt]:
    """Those that a page may need: of sentences in its code, of sections of the configuration that it shows, numbers."""
    wanted = {*sentences, *sections, NUMBERS}
    return [prompt for prompt in all_prompts if prompt.source in wanted]


def _named_prompts(languages: Collection[str], folk: str) -> Iterator[Prompt]:
    for group, sentences in GROUPS.items():
        for name, sentence in sentences.items():
            yield from _pieces(f"{group}.{name}", group, sentence, languages, folk)


def _other_prompts(shown: Collection[str], languages: Collection[str], folk: str) -> Iterator[Prompt]:
    """What else the pages show, named by the sentence: nobody has to keep a second list of them."""
    named = {sentence for sentences in GROUPS.values() for sentence in sentences.values()}
    for sentence in shown:
        if sentence not in named and len(sentence) <= MOST_SIGNS:
            key = f"{OTHERS}.{sha256(sentence.encode()).hexdigest()[:12]}"
            yield from _pieces(key, OTHERS, sentence, languages, folk)


def _pieces(key: str, group: str, sentence: str, languages: Collection[str], folk: str) -> Iterator[Prompt]:
    """The pieces of one sentence. A language that builds it otherwise than Vietnamese has pieces of its own, since
    nobody may hear half a sentence in another order.
    """
    made = {language: _sentence(sentence, language) for language in languages}
    shapes = {language: _shape(text) for language, text in made.items()}
    alike = [language for language in languages if shapes[language] == shapes[VIETNAMESE]]
    split = {language: parts_of(made[language], folk) for language in languages}
    yield from _numbered(key, group, sentence, {language: split[language] for language in alike})
    for language in languages:
        if language not in alike:
            yield from _numbered(key + language, group, sentence, {language: split[language]})


def _numbered(key: str, group: str, sentence: str, split: Mapping[str, list[str]]) -> Iterator[Prompt]:
    """One phrase a piece; pieces of all these languages stand in the same places."""
    for at, row in enumerate(zip(*split.values(), strict=True)):
        texts = {language: text for language, text in zip(split, row, strict=True) if text}
        if texts:
            whole = f"{key}{at}" if len(next(iter(split.values()))) > 1 else key
            yield Prompt(whole, group, texts, sentence, key in FIRST)


def _sentence(sentence: str, language: str) -> str:
    """The sentence as a page shows it in that language."""
    if language == ENGLISH:
        return catalogue().sentences(ENGLISH).get(sentence) or sentence
    return catalogue().sentences(language).get(sentence) or sentence


def _shape(text: str) -> tuple[tuple[str | None, ...], tuple[bool, ...]]:
    """What stands between its pieces (names of values, None for an end of a sentence), and which pieces have words."""
    plain = text.replace("{folk}", "x").replace("{Folk}", "x").rstrip(ENDS)
    between = tuple(match.group(1) for match in PARTS.finditer(plain))
    return between, tuple(bool(piece) for piece in parts_of(plain, ""))


def parts_of(text: str, folk: str) -> list[str]:
    """The pieces of a sentence between its values and its full stops; empty ones keep their place."""
    plain = text.replace("{folk}", folk).replace("{Folk}", folk[:1].upper() + folk[1:]).replace("*", "").rstrip(ENDS)
    pieces = [piece.strip(AROUND) for piece in PARTS.sub("\0", plain).split("\0")]
    return [piece if any(sign.isalpha() for sign in piece) else "" for piece in pieces]


def _words() -> Iterator[Prompt]:
    for name, texts in WORDS.items():
        yield Prompt(f"{NUMBERS}.{name}", NUMBERS, texts, NUMBERS)


def _office_prompts(configuration: Configuration) -> Iterator[Prompt]:
    """The office's own words. Each is named by its words, so that a clip never says an old name."""
    for section, group, text, names in _office_words(configuration):
        for at, piece in enumerate(parts_of(text, configuration.office.folk)):
            if not piece or len(piece) > MOST_SIGNS:
                continue
            translated = {language: parts_of(name, "") for language, name in names.items()}
            texts = {language: parts[at] for language, parts in translated.items() if at < len(parts) and parts[at]}
            key = f"{group}.{sha256(piece.encode()).hexdigest()[:12]}"
            yield Prompt(key, group, {VIETNAMESE: piece, **texts}, section, group == "service")


def _office_words(configuration: Configuration) -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
    """(section of the configuration, group, words, words in other languages)."""
    for service in configuration.service:
        words = configuration.slip_words.items()
        names = {language: given.services[service.code] for language, given in words if service.code in given.services}
        yield "services", "service", service.name, names
        yield "services", "hint", service.hint, {}
    for priority in configuration.priority:
        yield "priorities", "service", priority.name, {}
    survey = configuration.survey
    levels = [level.name for level in survey.levels]
    for text in (survey.heading, survey.question, *levels, *(reason.name for reason in survey.reasons)):
        yield "survey", "survey", text, {}
    for question in survey.further:
        yield "survey", "survey", question.name, question.names
        for choice in question.choices:
            yield "survey", "survey", choice.name, choice.names
    texts = office_texts(configuration)
    for guide in configuration.filing.guide:
        for text in (guide.name, *(step.text for step in guide.step)):
            names = {language: known[text] for language, known in texts.items() if text in known}
            yield "filing", "filing", text, names
    for procedure in configuration.procedure:
        for text in (procedure.name, procedure.time, procedure.fee, *procedure.papers):
            yield "procedures", "procedure", text, {}
