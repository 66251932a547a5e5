"""Records which lines of a part each test executes."""

from __future__ import annotations

import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

IMPORT = "import"  # the bucket of lines that run before the first test: imports and collection
Line = tuple[str, int]


class Recorder:
    """A trace function that files executed lines under the test, fixture or import that runs."""

    def __init__(self, files: list[Path], root: Path) -> None:
        self.names = {str(file): file.relative_to(root).as_posix() for file in files}
        self.lines: dict[str, set[Line]] = defaultdict(set)
        self.fixtures: dict[str, set[str]] = {}  # test → its fixtures that live longer than one test
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.bucket = IMPORT

    def start(self) -> None:
        sys.settrace(self.trace)
        threading.settrace(self.trace)

    def stop(self) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        name = self.names.get(frame.f_code.co_filename)
        if name is None:
            return None
        self.lines[self.bucket].add((name, frame.f_lineno))
        return self.trace_lines

    def trace_lines(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.lines[self.bucket].add((self.names[frame.f_code.co_filename], frame.f_lineno))
        return self.trace_lines

    # hooks of pytest
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.bucket = item.nodeid
        self.seconds[item.nodeid] = 0.0
        self.fixtures[item.nodeid] = set(getattr(item, "fixturenames", ()))
        try:
            return (yield)
        finally:
            self.bucket = IMPORT

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        before = self.bucket
        if fixturedef.scope != "function":
            self.bucket = f"fixture {fixturedef.argname}"
        try:
            return (yield)
        finally:
            self.bucket = before

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def coverage(self) -> Coverage:
        tests = {
            test: self.lines[test].union(*(self.lines[f"fixture {name}"] for name in self.fixtures[test]))
            for test in self.seconds
        }
        return Coverage(tests, self.lines[IMPORT], self.seconds, sorted(set(self.failed)))


class Coverage:
    """What one run of a part's suite executed: lines of each test, lines of imports, and durations."""

    def __init__(
        self, tests: dict[str, set[Line]], imported: set[Line], seconds: dict[str, float], failed: list[str]
    ) -> None:
        self.seconds, self.failed, self.imported = seconds, failed, imported
        self._by_line: dict[Line, set[str]] = defaultdict(set)
        self._by_file: dict[str, set[str]] = defaultdict(set)
        for test, lines in tests.items():
            for line in lines:
                self._by_line[line].add(test)
                self._by_file[line[0]].add(test)

    def of_lines(self, file: str, first: int, last: int) -> list[str]:
        """Returns the tests that run one of these lines, the quickest first."""
        return self._sorted(set().union(*(self._by_line.get((file, line), set()) for line in range(first, last + 1))))

    def of_files(self, files: list[str]) -> list[str]:
        """Returns the tests that run a line of one of these files, the quickest first."""
        return self._sorted(set().union(*(self._by_file.get(file, set()) for file in files)))

    def test_files(self) -> set[str]:
        return {test.partition("::")[0] for test in self.seconds}

    def of_test_files(self, files: set[str]) -> list[str]:
        """Returns the tests that stand in one of these files, the quickest first."""
        return self._sorted({test for test in self.seconds if test.partition("::")[0] in files})

    def at_import(self, file: str, first: int, last: int) -> bool:
        """Tells whether one of these lines runs before the first test."""
        return any((file, line) in self.imported for line in range(first, last + 1))

    def _sorted(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (round(self.seconds[test], 2), test))
