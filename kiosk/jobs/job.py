"""A job: what is to be done in a process of its own, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Protocol

from contract.records import dataclass

SECONDS = 600  # longer than any honest job takes


class JobRefused(ValueError):
    """What was asked for is wrong; the message is for people and says what to do."""


class JobFailed(Exception):
    """The process ended without an answer; the message says how."""


class JobsBusy(Exception):
    """As many jobs run as may run at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """`kind` names what is done, `arguments` are plain JSON, `data` is a file handed in; `seconds`: the longest it may
    take.
    """

    kind: str
    arguments: Mapping[str, Any]
    data: bytes = b""
    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """`values` are plain JSON, `data` is the file that was made."""

    values: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""


Progress = Callable[[str], None]  # is told the stage that begins


class JobRunner(Protocol):
    """Does one job and answers when it is done."""

    def run(self, job: Job, progress: Progress) -> JobAnswer:
        """Raises JobRefused, JobFailed, JobsBusy."""
        ...

    def stop(self) -> None:
        """End what is running."""
        ...


def no_progress(_: str) -> None:
    """For those who only want the answer."""
