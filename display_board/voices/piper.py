"""piper run as a program of its own: its licence (GPL) ends at the border of the process, and it is not shipped.

The model of a language is a file that the technician brings (docs/voice.md); `FILE.json` beside it says which language.
"""

from __future__ import annotations

import array
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from display_board.voices.packs import PackError
from display_board.voices.phrases import read_aloud
from display_board.voices.recording import UnusableRecording, cut, finished
from display_board.voices.sound import Samples
from display_board.voices.wav import Wave, parse

PROGRAM = "piper"
START_S, PHRASE_S = 60.0, 4.0  # its model has 60 MB, and the PC of a commune is slow
MOST_AT_ONCE = 12
BREATH_S = 0.3
NO_MODEL = "piper needs a model: --model FILE.onnx, or model = in [voice]"
NOT_A_MODEL = "{model} is no model of a voice with {facts} beside it; download both files again (docs/voice.md)"
OTHER_LANGUAGE = "the model {model} speaks “{spoken}”, not “{wanted}”; take another model or another language"
FAILED = "piper failed: {problem}"


class Piper:
    """Raises PackError when `model` cannot be read. `program`: a name in PATH or a file."""

    most_at_once = MOST_AT_ONCE

    def __init__(self, model: str, program: str = PROGRAM) -> None:
        if not model:
            raise PackError(NO_MODEL)
        self._model = Path(model)
        self._wanted = program
        self._program = shutil.which(program)
        self.language = _language_of(self._model)
        self.licence = f"as the card of the voice model {self._model.stem} says"

    def speaker(self, _language: str) -> str:
        return f"{PROGRAM} ({self._model.stem})"

    def hindrance(self, language: str) -> PackError | None:
        if language != self.language:
            return PackError(OTHER_LANGUAGE, model=self._model.name, spoken=self.language, wanted=language)
        if self._program is None:
            return PackError("the program “{program}” is not installed; see docs/voice.md", program=self._wanted)
        return None

    def clips(self, language: str, phrases: Mapping[str, str]) -> Iterator[tuple[str, Samples]]:
        """All phrases in one run, since the model is slow to load."""
        texts = [read_aloud(language, key, words) for key, words in phrases.items()]
        with tempfile.TemporaryDirectory(prefix="motcua-voice-") as folder:
            self._run(texts, folder)
            files = sorted(Path(folder).glob("*.wav"), key=lambda path: (len(path.name), path.name))
            if len(files) != len(texts):
                raise PackError("piper made {made} of {count} phrases", made=len(files), count=len(texts))
            for (key, words), file in zip(phrases.items(), files, strict=True):
                try:
                    yield key, finished(cut(_amid_silence(parse(file.read_bytes())), len(words.split())))
                except (ValueError, UnusableRecording) as error:
                    raise PackError("{program} could not say “{words}”", program=PROGRAM, words=words) from error

    def _run(self, texts: list[str], folder: str) -> None:
        """One line in, one file out, named by the time at which it was made."""
        command = [str(self._program), "--model", str(self._model), "--output_dir", folder]
        lines = "".join(f"{' '.join(text.split())}\n" for text in texts)
        most_s = START_S + PHRASE_S * len(texts)
        try:
            subprocess.run(command, input=lines.encode(), check=True, timeout=most_s, capture_output=True)
        except subprocess.CalledProcessError as error:
            raise PackError(FAILED, problem=error.stderr.decode(errors="replace")[-300:].strip()) from None
        except OSError as error:
            raise PackError(FAILED, problem=error) from None
        except subprocess.TimeoutExpired as error:
            raise PackError("piper took longer than {seconds} s", seconds=round(most_s)) from error


def _amid_silence(word: Wave) -> Wave:
    """A model leaves hardly a breath around a word, and a word is found by the silence around it."""
    breath = array.array("h", bytes(2 * round(word.rate * BREATH_S)))
    return Wave(breath + word.samples + breath, word.rate)


def _language_of(model: Path) -> str:
    """The language of a model, as its table of facts says it. Raises PackError."""
    facts = model.with_name(f"{model.name}.json")
    if not model.is_file():
        raise PackError("there is no file {file}; name the model of a voice", file=model)
    try:
        family = json.loads(facts.read_text(encoding="utf-8"))["language"]["family"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackError(NOT_A_MODEL, model=model.name, facts=facts.name) from error
    return str(family)
