"""What an offline recogniser understands of calls and prompts, as TV and pages play them; the table of docs/voice.md.

    python -m tests.soak.hearing                measure the machine's voice as it is shipped, write the table
    python -m tests.soak.hearing --search       measure other manners of espeak-ng, the best ones on 25 other calls too

Nothing is heard by chance: calls, noise and recogniser are the same at every run on one version of espeak-ng.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from display_board.announcing.clips import joined, parts
from display_board.state.board import BoardCall
from display_board.state.speech import DIGITS
from display_board.voices.espeak import SPOKEN, Espeak, Prosody
from display_board.voices.judging import share_heard
from display_board.voices.packs import PackFolder
from display_board.voices.phrases import Manner, call, in_words, needed, written
from display_board.voices.recording import resampled
from display_board.voices.sound import Samples, silence
from display_board.voices.synthesis import build
from display_board.voices.wav import encode, parse
from kiosk.voices.library import VoiceLibrary
from kiosk.voices.sentences import FIRST
from kiosk.web.pages.sentences import citizens_sentences, page_keys
from tests.bench.programs import ROOT
from tests.office import sample_configuration
from tests.soak.hall_noise import with_noise

PACKAGES = Path(os.environ.get("VOICE_PACKAGES", ROOT / ".venv" / "voice"))
DOCUMENT = ROOT / "docs" / "voice.md"
BEGIN, END = "<!-- the table of words heard: begin -->\n", "<!-- the table of words heard: end -->\n"
NOISE_DB = 10.0
QUIET_S = 0.5  # of the hall before and behind, as between chime, call and repetition
OFFICE = Manner(letters=tuple("ABCDEGHKLR"), counters=tuple("123456789"))
# 25 calls: every letter and counter of the sample office, every digit in every place but the first.
CALLS = tuple(
    (f"{letter}{number:03d}", counter)
    for letter, number, counter in zip(
        "ACHKR" * 5,
        (1, 12, 23, 34, 45, 56, 67, 78, 89, 90, 105, 216, 327, 438, 549, 650, 761, 872, 983, 194, 7, 19, 28, 46, 52),
        "1234523451345124512351234",
        strict=True,
    )
)
# 25 others, by which no manner was chosen: other letters and numbers, and all nine counters.
HELD_OUT = tuple(
    (f"{letter}{number:03d}", counter)
    for letter, number, counter in zip(
        "BDEGL" * 5,
        (4, 15, 26, 37, 48, 59, 60, 71, 82, 93, 108, 219, 320, 431, 542, 653, 764, 875, 986, 197, 3, 11, 65, 74, 95),
        "3451267891234567892134567",
        strict=True,
    )
)
FIGURES = {word: str(figure) for figure, word in enumerate(DIGITS)} | {"mốt": "1", "tư": "4", "lăm": "5", "bẩy": "7"}


@dataclass(frozen=True, slots=True)
class Heard:
    """Texts that were said, with what was understood of each."""

    said: tuple[str, ...]
    understood: tuple[str, ...]

    @property
    def words(self) -> float:
        """The share of all words that were understood, 0 to 1."""
        counts = [len(text.split()) for text in self.said]
        right = sum(share_heard(*pair) * count for *pair, count in zip(self.said, self.understood, counts, strict=True))
        return right / sum(counts)

    @property
    def calls(self) -> int:
        """How many have every digit right, of number and counter."""
        return sum(digits(said) == digits(heard) for said, heard in zip(self.said, self.understood, strict=True))


def digits(text: str) -> str:
    """The digits of a call from the first "số" on, written as words or as figures."""
    words = text.casefold().split()
    begin = words.index("số") if "số" in words else 0
    return "".join(word if word.isdigit() else FIGURES.get(word, "") for word in words[begin:])


class Listener:
    """The recogniser; loaded once."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def hears(self, samples: Sequence[int]) -> str:
        file = self._folder / "heard.wav"
        file.write_bytes(encode(samples))
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{file}\n")
        self._process.stdin.flush()
        return str(json.loads(self._process.stdout.readline())["text"])

    def of(self, sounds: Mapping[str, Samples], noise: bool) -> Heard:
        heard = [
            self.hears(with_noise(sound, NOISE_DB, at) if noise else sound) for at, sound in enumerate(sounds.values())
        ]
        return Heard(tuple(sounds), tuple(heard))


@contextmanager
def listening() -> Iterator[Listener]:
    """Raises FileNotFoundError where the packages of requirements-voice.txt are not installed."""
    if not (PACKAGES / "vietasr").is_dir():
        raise FileNotFoundError(f"no recogniser in {PACKAGES}; run: scripts/setup.sh voice")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGES)}
    command = [sys.executable, str(ROOT / "tests" / "soak" / "listener.py")]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield Listener(process, Path(folder))
        finally:
            process.kill()
            process.wait()


def in_quiet(sound: Samples) -> Samples:
    return silence(QUIET_S) + sound + silence(QUIET_S)


def spoken_calls(prosody: Prosody, calls: Sequence[tuple[str, str]] = CALLS) -> dict[str, Samples]:
    """Each call as the TV joins it, by its words."""
    espeak = Espeak(spoken={"vi": prosody})
    words = written("vi", OFFICE)
    clips = {key: espeak.clip("vi", key, words[key]) for key in needed("vi", OFFICE)}
    made = {}
    for number, counter in calls:
        called = BoardCall(number, "HT", counter, 0, False)
        sound = joined([parts("vi", called, OFFICE, lambda *_: True)], lambda _, key: clips[key])
        assert sound is not None
        keys = [key for part in call("vi", number, counter, OFFICE) for key in part]
        made[in_words("vi", keys, OFFICE)] = in_quiet(sound)
    return made


def spoken_prompts(folder: Path) -> dict[str, Samples]:
    """The sentences that serve most, as the kiosk's own code joins them, by their words."""
    configuration = sample_configuration(f"sqlite:///{folder / 'none.db'}")
    library = VoiceLibrary(folder / "voices", configuration, citizens_sentences)
    phrases = library.phrases("vi")
    texts = [text for key, text in phrases.items() if key in FIRST]
    chosen = {key: text for key, text in phrases.items() if text in texts or key.startswith(("digit.", "word."))}
    shelf = PackFolder(folder / "voices")
    build(shelf, "vi", chosen, Espeak(), most=len(chosen))
    pack = shelf.pack("vi")
    for clip in pack.clips.values():
        (folder / f"{clip.sha256}.wav").write_bytes(shelf.read("vi", clip))
    prompts = json.loads(library.prompts("kiosk", page_keys("kiosk"), ("services", "priorities"))[1])
    known = set(prompts["texts"]["vi"].values())
    texts = [text for text in texts if text in known]
    job = {"prompts": prompts, "language": "vi", "texts": texts, "clips": str(folder), "target": str(folder)}
    command = ["node", str(ROOT / "tests" / "soak" / "page_sound.mjs")]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=True, timeout=60)
    return {
        text: in_quiet(parse(Path(file).read_bytes()).samples)
        for text, file in zip(texts, json.loads(done.stdout), strict=True)
    }


def control() -> dict[str, Samples]:
    """The reference voices that requirements-people.txt brings, by their words: natural speech, other sentences."""
    folder = PACKAGES / "vieneu" / "assets" / "samples"
    said = {}
    for file in sorted(folder.glob("*.wav")):
        wave = parse(file.read_bytes())
        said[file.with_suffix(".txt").read_text(encoding="utf-8").strip()] = in_quiet(
            resampled(wave.samples, wave.rate)
        )
    return said


def table(listener: Listener) -> str:
    """The measured voice as a table, with each call as it was understood."""
    with tempfile.TemporaryDirectory() as folder:
        calls_said = {"calls": spoken_calls(SPOKEN["vi"]), "other calls": spoken_calls(SPOKEN["vi"], HELD_OUT)}
        sounds = {**calls_said, "prompts": spoken_prompts(Path(folder)), "natural voices, as control": control()}
    voice = Espeak().speaker("vi")
    rows = ["| what is played | clean | hall noise 10 dB below |", "|---|---|---|"]
    heard = {(name, noise): listener.of(sound, noise) for name, sound in sounds.items() for noise in (False, True)}
    calls = [heard["calls", noise] for noise in (False, True)]
    rows.append(_row("calls with every digit right", (f"{one.calls} of {len(one.said)}" for one in calls)))
    others = [heard["other calls", noise] for noise in (False, True)]
    rows.append(_row("the same of 25 other calls", (f"{one.calls} of {len(one.said)}" for one in others)))
    for name in sounds:
        rows.append(_row(f"words of {name}", (f"{heard[name, noise].words:.0%}" for noise in (False, True))))
    lines = [f"Voice: {voice}; {len(sounds['calls'])} calls, {len(sounds['prompts'])} prompts.", "", *rows, ""]
    lines += ["| said | understood, clean |", "|---|---|"]
    lines += [f"| {said} | {understood} |" for said, understood in zip(calls[0].said, calls[0].understood, strict=True)]
    return "\n".join(lines) + "\n"


def _row(title: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join((title, *cells))} |"


def search(listener: Listener) -> None:
    """Manners of espeak-ng on the calls, clean: calls right, words; then the 25 others for the best."""
    rows = []
    for prosody in candidates():
        heard = listener.of(spoken_calls(prosody), noise=False)
        rows.append((heard.calls, heard.words, prosody))
        print(f"{heard.calls:2} {heard.words:4.0%} {prosody}", flush=True)
    for calls, words, prosody in sorted(rows, key=lambda one: one[:2])[-5:]:
        others = listener.of(spoken_calls(prosody, HELD_OUT), noise=False)
        print(f"{calls:2} {words:4.0%}; held out {others.calls:2} {others.words:4.0%} {prosody}", flush=True)


def candidates() -> Iterator[Prosody]:
    """The best variants with less room around the words, softer treble, slower, faster, lower, higher."""
    for variant in ("f5", "f2", "f3"):
        for room in ((4, 6), (2, 0), (1, 1), (1, 0), (0, 0)):
            for treble in (0.0, -6.0):
                yield Prosody(f"vi+{variant}", 135, room=room, treble_db=treble)
    for speed, pitch in ((110, 50), (120, 50), (150, 50), (165, 50), (135, 35), (135, 60)):
        yield Prosody("vi+f5", speed, pitch, (1, 0), -6.0)


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--search", action="store_true")
    with listening() as listener:
        if reader.parse_args().search:
            search(listener)
            return 0
        made = table(listener)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    DOCUMENT.write_text(before + BEGIN + made + END + after, encoding="utf-8")
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
