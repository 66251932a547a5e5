"""A mutation run over one part: which tests run which line, then every mutant in a fork of its own."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from scripts.mutating.forks import CRASHED, TIMED_OUT, Job, run_all
from scripts.mutating.recorder import Coverage, Recorder
from scripts.mutating.sites import Site
from scripts.mutating.suite import Suite, collect
from scripts.mutating.swapping import MutantFinder, changed_codes, functions_in_memory, swap

PROCESS_SECONDS = 1800
NO_TEST = "no test runs it"
SURVIVED = "survived"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant; `by` is the test that failed, "timeout", "crash", or why it survived."""

    site: Site
    killed: bool
    by: str


class SuiteNotGreen(Exception):
    """The suite of a part fails without any mutant."""


@dataclass
class PartRun:
    """The files to mutate, the paths of their tests, and how to run them."""

    root: Path
    files: list[Path]
    tests: list[str]
    sites: list[Site]
    jobs: int
    slow: tuple[str, ...] = ()

    def run(self) -> list[Outcome]:
        """Returns an outcome for each site.

        Raises:
            SuiteNotGreen: with the tests that fail by themselves.
        """
        coverage, libraries = in_fork(partial(measure, self))
        if coverage.failed:
            raise SuiteNotGreen("\n".join(coverage.failed))
        for library in libraries:
            try_to_import(library)
        outcomes, left = in_fork(partial(self._in_warm_process, coverage))
        importers = importing_files(self.root, self.files)
        jobs = [
            self._cold_job(site, self._tests_of(site.file, importers[site.file], coverage), coverage) for site in left
        ]
        return [*outcomes, *self._collect(jobs)]

    def _tests_of(self, file: str, importers: list[str], coverage: Coverage) -> list[str]:
        """Returns the tests in files that import a file by name, then those that run a line of one of its importers.

        A test that only reads a constant runs no line of the file that holds it.
        """
        texts = {name: (self.root / name).read_text(encoding="utf-8") for name in coverage.test_files()}
        readers = {name for name, text in texts.items() if imports(text, file)}
        return list(dict.fromkeys([*coverage.of_test_files(readers), *coverage.of_files(importers)]))

    def without_slow(self) -> list[str]:
        """Returns the options that leave the slow tests out."""
        return ["-k", " and ".join(f"not {test}" for test in self.slow)] if self.slow else []

    def _in_warm_process(self, coverage: Coverage) -> tuple[list[Outcome], list[Site]]:
        answer: list[tuple[list[Outcome], list[Site]]] = []
        collect([*self.tests, *self.without_slow()], lambda suite: answer.append(self._swap_each(suite, coverage)))
        return answer[0]

    def _swap_each(self, suite: Suite, coverage: Coverage) -> tuple[list[Outcome], list[Site]]:
        """Returns the outcomes of mutants inside functions, and the sites that show only in a new import."""
        jobs, left, outcomes = [], [], []
        functions = functions_in_memory()
        for site in self.sites:
            path = self.root / site.file
            source = path.read_text(encoding="utf-8")
            changed = changed_codes(path, source, site.mutated(source))
            tests = coverage.of_lines(site.file, site.first, site.last)
            if changed is None or coverage.at_import(site.file, site.first, site.last):
                left.append(site)
            elif not tests:
                outcomes.append(Outcome(site, False, NO_TEST))
            else:
                work = partial(run_swapped, suite, functions, changed, tests)
                jobs.append(Job(work, limit(tests, coverage), about=site))
        return [*outcomes, *self._collect(jobs)], left

    def _cold_job(self, site: Site, tests: list[str], coverage: Coverage) -> Job:
        path = self.root / site.file
        mutated = site.mutated(path.read_text(encoding="utf-8"))
        work = partial(run_imported, path, module_name(path, self.root), mutated, tests)
        return Job(work, limit(tests, coverage) + 10, about=site)

    def _collect(self, jobs: Iterable[Job]) -> list[Outcome]:
        outcomes = []
        for job in run_all(jobs, self.jobs):
            killed = job.result != SURVIVED
            outcomes.append(Outcome(job.about, killed, str(job.result)))
        return outcomes


def in_fork(work: Callable[[], Any]) -> Any:
    """Returns what the work returns in a process of its own.

    Raises:
        SuiteNotGreen: the process ended without a result.
    """
    [job] = run_all([Job(work, PROCESS_SECONDS)], 1)
    if job.result in (TIMED_OUT, CRASHED):
        raise SuiteNotGreen(f"the process ended: {job.result}; MUTATION_OUTPUT=file keeps what it wrote")
    return job.result


def measure(run: PartRun) -> tuple[Coverage, list[str]]:
    """Runs the whole suite without a mutant; returns what it executed and the libraries it imported."""
    recorder = Recorder(run.files, run.root)
    recorder.start()
    collect([*run.tests, *run.without_slow()], lambda suite: suite.run_all(), recorder)
    recorder.stop()
    return recorder.coverage(), [name for name in sys.modules if not ours(name, run.root)]


def run_swapped(suite: Suite, functions: list[Any], changed: dict[Any, Any], tests: list[str]) -> str:
    if not swap(functions, changed):
        return f"{CRASHED}: no function in memory has this code"
    return suite.run(tests) or SURVIVED


def run_imported(path: Path, module: str, source: str, tests: list[str]) -> str:
    """Imports the mutant and all of ours anew, then runs the tests; a failing import kills the mutant."""
    if not tests:
        return SURVIVED
    MutantFinder(path, module, source).install()
    answer: list[str] = []
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    try:
        collect(files, lambda suite: answer.append(suite.run(tests) or SURVIVED))
    except RuntimeError:
        return "import"
    return answer[0] if answer else "import"


def limit(tests: list[str], coverage: Coverage) -> float:
    """Returns the seconds of processor time that these tests may take."""
    return 3 * sum(coverage.seconds[test] for test in tests)


def ours(name: str, root: Path) -> bool:
    """Tells whether a module is the project's own, or can't be imported by its name."""
    if name.startswith("__") or "conftest" in name:
        return True
    top = name.partition(".")[0]
    return (root / top).is_dir() or (root / f"{top}.py").exists()


def try_to_import(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception:
        return


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def importing_files(root: Path, files: list[Path]) -> dict[str, list[str]]:
    """Returns for each file itself and those files of the part that import it by name."""
    texts = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}
    return {name: [other for other, text in texts.items() if other == name or imports(text, name)] for name in texts}


def imports(text: str, file: str) -> bool:
    """Tells whether a source imports from a file, or imports the file's module from its package."""
    module = dotted(file)
    package, _, name = module.rpartition(".")
    from_package = rf"from {re.escape(package)} import (\([^)]*|[^\n(]*)\b{re.escape(name)}\b"
    return f"{module} import" in text or re.search(from_package, text) is not None


def dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
