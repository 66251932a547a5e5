"""From what a microphone heard to a clip: the silence around it cut, one rate, one loudness. Pure.

A recording that cannot become a good clip is refused with a reason that the page turns into advice.
"""

from __future__ import annotations

import array
import math
from collections.abc import Sequence
from operator import mul
from typing import Literal

from display_board.voices.loudness import FULL, TARGET_LUFS, level, levelled
from display_board.voices.sound import RATE
from display_board.voices.wav import Wave, parse

MOST_BYTES = 2 * 1024 * 1024
MOST_RECORDED_S = 15.0
LEAST_S, MOST_S = 0.08, 4.0
LEAST_S_A_WORD, MOST_S_A_WORD = 0.07, 0.7  # nobody speaks faster, and slower is no phrase of this many words
FRAME_S = 0.01
SILENT_DB, SPEECH_BELOW_PEAK_DB, ABOVE_NOISE_DB = -50.0, 36.0, 9.0  # an h or x is 30 dB below its vowel
NOISY_DB, NOISE_ROOM_DB = -42.0, 8.0
HEARD_DB, HEARD_ROOM_DB = -55.0, 18.0  # a room that is 18 dB below the voice is heard in a clip, one at 30 dB is not
TOP, TOPS_SHARE = 0.997, 0.005  # a voice touches its own peak seldom; one that is cut off stays there
LOUDNESS_ROOM = 1.0  # LUFS
QUIET_FRAMES = 2  # 20 ms of the room on each side: else the take began or ended within the words
WORD_FRAMES = 4  # 40 ms: shorter sounds alone are clicks of a button
BEFORE_FRAMES, BEHIND_FRAMES = 4, 6
FADE_S = 0.005
ZEROS = 8  # crossings of the interpolation kernel on each side

Reason = Literal[
    "not-wav",
    "silent",
    "too-short",
    "too-long",
    "too-loud",
    "noisy",
    "uneven",
    "cut-start",
    "cut-end",
    "incomplete",
    "another",
    "unclear",
]


class UnusableRecording(Exception):
    """`reason`: why it cannot become a clip. `detail`: the same with figures, for whoever recorded it.

    `other`: the words that were said or heard instead, "" when they are not known.
    """

    def __init__(self, reason: Reason, detail: str, other: str = "") -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail
        self.other = other


def clip_of(data: bytes, text: str = "") -> array.array[int]:
    """A recorded WAV file as a clip of a pack; `text`: what it should say. Raises UnusableRecording."""
    try:
        recording = parse(data)
    except ValueError as error:
        raise UnusableRecording("not-wav", str(error)) from None
    if recording.seconds > MOST_RECORDED_S:
        raise UnusableRecording("too-long", f"{recording.seconds:.1f} s; at most {MOST_RECORDED_S:.0f} s are taken")
    word = taken(centred(recording), len(text.split()))
    made, loud = level(resampled(word.samples, word.rate), RATE)
    if abs(loud - TARGET_LUFS) > LOUDNESS_ROOM:
        raise UnusableRecording("uneven", f"levelled it has {loud:.1f} LUFS instead of {TARGET_LUFS:.0f}")
    return _faded(made)


def finished(word: Wave) -> array.array[int]:
    """A cut word at 22,050 Hz and the loudness of all clips, with soft ends."""
    return _faded(levelled(resampled(word.samples, word.rate), RATE))


def _faded(made: array.array[int]) -> array.array[int]:
    fade = round(RATE * FADE_S)
    for n in range(min(fade, len(made) // 2)):
        made[n] = made[n] * n // fade
        made[-1 - n] = made[-1 - n] * n // fade
    return made


def centred(recording: Wave) -> Wave:
    """Without the constant offset of cheap sound cards."""
    middle = round(sum(recording.samples) / max(1, len(recording.samples)))
    if middle == 0:
        return recording
    shifted = (max(-32768, min(32767, sample - middle)) for sample in recording.samples)
    return Wave(array.array("h", shifted), recording.rate)


def taken(recording: Wave, words: int = 0) -> Wave:
    """The words of a person's take: as `cut`, and nothing of them may be lost or spoilt. Raises UnusableRecording."""
    frames = _levels(recording)
    first, last = _words(frames)
    word = _between(recording, first, last)
    if _is_overdriven(word.samples):
        raise UnusableRecording("too-loud", "the microphone was overdriven: the tops of the sound are cut off")
    _check_noise(frames, first, last)
    if first < QUIET_FRAMES:
        raise UnusableRecording("cut-start", "the take begins in the middle of the words")
    if last >= len(frames) - QUIET_FRAMES:
        raise UnusableRecording("cut-end", "the take ends in the middle of the words")
    _check_length((last + 1 - first) * FRAME_S, words)
    return word


def cut(recording: Wave, words: int = 0, room: tuple[int, int] = (BEFORE_FRAMES, BEHIND_FRAMES)) -> Wave:
    """From just before the first word to just behind the last; `words`: how many it should be, 0 for any number.

    `room`: so many frames of 10 ms are left before and behind. Raises UnusableRecording.
    """
    first, last = _words(_levels(recording))
    _check_length((last + 1 - first) * FRAME_S, words)
    return _between(recording, first, last, room)


def _check_noise(frames: Sequence[float], first: int, last: int) -> None:
    """The room is what is heard before and behind the words."""
    around = sorted((*frames[:first], *frames[last + 1 :]))
    speech = sorted(frames)[-1 - len(frames) // 50]
    room = around[len(around) // 2] if len(around) > QUIET_FRAMES else sorted(frames)[len(frames) // 10]
    if room > HEARD_DB and speech - room < HEARD_ROOM_DB:
        raise UnusableRecording("noisy", f"speech is only {speech - room:.0f} dB above the noise of the room")


def _levels(recording: Wave) -> list[float]:
    """How loud each 10 ms are, in dB below full scale."""
    size = _frame_size(recording)
    return [_db(recording.samples[at : at + size]) for at in range(0, len(recording.samples), size)]


def _frame_size(recording: Wave) -> int:
    return max(1, round(recording.rate * FRAME_S))


def _between(recording: Wave, first: int, last: int, room: tuple[int, int] = (BEFORE_FRAMES, BEHIND_FRAMES)) -> Wave:
    size = _frame_size(recording)
    start, end = max(0, first - room[0]) * size, (last + 1 + room[1]) * size
    return Wave(recording.samples[start:end], recording.rate)


def _is_overdriven(samples: Sequence[int]) -> bool:
    """Whether the sound stays at its own peak, be that full scale or what the sound card makes of it."""
    heights = list(map(abs, samples))
    top = math.ceil(TOP * max(heights))
    return sum(map(top.__le__, heights)) > TOPS_SHARE * len(heights)


def _check_length(spoken_s: float, words: int) -> None:
    """A take that was cut off is shorter than anybody says so many words."""
    least, most = max(LEAST_S, LEAST_S_A_WORD * words), max(MOST_S, MOST_S_A_WORD * words)
    if spoken_s < least:
        raise UnusableRecording(
            "too-short", f"only {spoken_s * 1000:.0f} ms were heard; {words or 1} words take longer"
        )
    if spoken_s > most:
        raise UnusableRecording("too-long", f"{spoken_s:.1f} s of speech; this phrase has at most {most:.0f} s")


def _words(frames: Sequence[float]) -> tuple[int, int]:
    """First and last frame (10 ms each) that belong to speech."""
    ranked = sorted(frames)
    if not ranked or ranked[-1] < SILENT_DB:
        raise UnusableRecording("silent", "nothing was heard")
    noise, speech = ranked[len(ranked) // 10], ranked[-1 - len(ranked) // 50]
    if noise > NOISY_DB and speech - noise < NOISE_ROOM_DB:
        raise UnusableRecording("noisy", f"speech is only {speech - noise:.0f} dB above the noise of the room")
    least = max(speech - SPEECH_BELOW_PEAK_DB, min(noise + ABOVE_NOISE_DB, speech - NOISE_ROOM_DB))
    runs = [run for run in _runs([level >= least for level in frames]) if run[1] - run[0] + 1 >= WORD_FRAMES]
    if not runs:
        raise UnusableRecording("too-short", "only a click was heard")
    return runs[0][0], runs[-1][1]


def _runs(loud: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, is_loud in enumerate(loud):
        if is_loud and runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        elif is_loud:
            runs.append((at, at))
    return runs


def _db(samples: Sequence[int]) -> float:
    power = sum(map(mul, samples, samples)) / max(1, len(samples)) / FULL**2
    return 10 * math.log10(power) if power else -120.0


def resampled(samples: Sequence[int], rate: int, target: int = RATE) -> array.array[int]:
    """At another rate by a windowed sinc; above half the lower rate nothing passes."""
    if rate == target:
        return array.array("h", samples)
    common = math.gcd(rate, target)
    up, down = target // common, rate // common
    narrow = min(1.0, target / rate)
    half = math.ceil(ZEROS / narrow)
    kernels = [_kernel(phase / up, half, narrow) for phase in range(up)]
    padded = [0] * half + list(samples) + [0] * half
    places = (divmod(n * down, up) for n in range(len(samples) * up // down))
    values = [round(sum(map(mul, kernels[phase], padded[at + 1 : at + 1 + 2 * half]))) for at, phase in places]
    if values and (max(values) > 32767 or min(values) < -32768):
        values = [max(-32768, min(32767, value)) for value in values]
    return array.array("h", values)


def _kernel(offset: float, half: int, narrow: float) -> list[float]:
    """Weights of the samples around a place that lies `offset` (0 to 1) behind a sample; they sum to 1."""
    weights = []
    for n in range(1 - half, half + 1):
        x = n - offset
        window = 0.5 + 0.5 * math.cos(math.pi * x / half) if abs(x) < half else 0.0
        angle = math.pi * x * narrow
        weights.append(window * (math.sin(angle) / angle if angle else 1.0))
    total = sum(weights)
    return [weight / total for weight in weights]
