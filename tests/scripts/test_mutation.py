"""The mutation run: which changes it makes, which it leaves out, and that it counts a known survivor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.mutating.sites import Site, sample, sites_of

ROOT = Path(__file__).resolve().parents[2]
QUEUE = '''"""A toy."""

from __future__ import annotations

LIMIT = 3
OPENS = 7 // 1


def full(waiting: int) -> bool:
    return waiting >= LIMIT


def doors(open: bool) -> str:
    if not open:
        return "closed"
    return "open"


def untested(count: int) -> int:
    return count + 1


def drain(waiting: int) -> int:
    while waiting > 0:
        waiting -= 1
        if waiting == 1:
            break
    return waiting
'''
TESTS = """from toy import queue
from toy.queue import doors, drain, full


def test_the_hour_of_opening():
    assert queue.OPENS == 7


def test_a_long_queue_is_full():
    assert full(9)


def test_a_short_queue_is_not_full():
    assert not full(2)


def test_doors():
    assert (doors(True), doors(False)) == ("open", "closed")


def test_drain():
    assert drain(5) == 1
"""
DRIVER = """
import json, sys
from pathlib import Path
from scripts.mutating.run import PartRun
from scripts.mutating.sites import sites_of
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
files = [root / "toy/queue.py"]
outcomes = PartRun(root, files, ["test_toy.py"], sites_of(files[0], root), 2).run()
source = files[0].read_text()
print(json.dumps({one.site.diff(source).partition("\\n+")[2].strip(): [one.killed, one.by] for one in outcomes}))
"""


def toy(folder: Path, tests: str = TESTS) -> Path:
    (folder / "toy").mkdir()
    (folder / "toy/__init__.py").write_text("")
    (folder / "toy/queue.py").write_text(QUEUE)
    (folder / "test_toy.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = soak\n")
    return folder


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DRIVER, str(folder)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240)


Outcomes = dict[str, list[object]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """By the changed line: whether the mutant was killed, and by what."""
    ended = run(toy(tmp_path_factory.mktemp("toy")))
    assert ended.returncode == 0, ended.stderr
    result: Outcomes = json.loads(ended.stdout.splitlines()[-1])
    return result


def test_a_change_inside_a_function_is_killed_by_the_test_that_runs_it(outcomes: Outcomes) -> None:
    assert outcomes["if  open:"] == [True, "test_toy.py::test_doors"]
    assert outcomes["return waiting < LIMIT"][0]


def test_a_boundary_that_no_test_stands_on_survives(outcomes: Outcomes) -> None:
    assert outcomes["return waiting > LIMIT"] == [False, "survived"]


def test_a_constant_is_changed_by_a_new_import(outcomes: Outcomes) -> None:
    assert outcomes["LIMIT = 4"] == [False, "survived"]
    assert outcomes["LIMIT = 2"] == [True, "test_toy.py::test_a_short_queue_is_not_full"]


def test_a_constant_that_a_test_only_reads_is_killed_by_that_test(outcomes: Outcomes) -> None:
    assert outcomes["OPENS = 8 // 1"] == [True, "test_toy.py::test_the_hour_of_opening"]


def test_a_module_that_cannot_be_imported_is_noticed(outcomes: Outcomes) -> None:
    assert outcomes["OPENS = 7 // 0"] == [True, "import"]


def test_a_line_that_no_test_runs_survives_and_says_so(outcomes: Outcomes) -> None:
    assert outcomes["return count - 1"] == [False, "no test runs it"]


def test_an_endless_loop_is_ended_by_the_time_limit(outcomes: Outcomes) -> None:
    assert outcomes["waiting -= 0"] == [True, "timeout"]


def test_a_suite_that_fails_by_itself_is_no_measure(tmp_path: Path) -> None:
    ended = run(toy(tmp_path, TESTS + "\n\ndef test_wrong():\n    assert full(0)\n"))
    assert ended.returncode != 0
    assert "SuiteNotGreen: test_toy.py::test_wrong" in ended.stderr


def sites(tmp_path: Path, text: str) -> list[Site]:
    file = tmp_path / "one.py"
    file.write_text(f"{text}\n")
    return sites_of(file, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x: int | None = None) -> str | None: ...",
        "x: int | str",
        "Rows = list[int] | None",
        "__slots__ = ('a' + 'b',)",
        "log.warning('lost %s', 3)",
        "self.log.info('up')",
        "x = connect(timeout=30)",
        "POLL_SECONDS = 5",
        "@lru_cache(maxsize=3)\ndef f(): ...",
        "if TYPE_CHECKING:\n    x = 1 + 2",
        "class A:\n    def __repr__(self):\n        return 'a' + 'b'",
        "x = Thread(target=f, daemon=True)",
        "def f(reason, /, **facts): ...",
        "def f(reason, /): ...",
    ],
)
def test_what_nobody_can_observe_is_left_alone(tmp_path: Path, text: str) -> None:
    assert sites(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("x = a in b", ["x = a not in b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = a < b", ["x = a <= b", "x = a >= b"]),
        ("x = a == b", ["x = a != b"]),
        ("x = a is None", ["x = a is not None"]),
        ("x = 2", ["x = 3", "x = 1"]),
        ("x = 3_600", ["x = 7200", "x = 1800"]),
        ("check(token)", ["pass"]),
        ("x = a and b", ["x = a or b"]),
        ("@frame\ndef f(): ...", ["def f(): ..."]),
    ],
)
def test_each_operator_makes_the_change_of_its_name(tmp_path: Path, text: str, changes: list[str]) -> None:
    assert sorted(site.mutated(f"{text}\n").strip() for site in sites(tmp_path, text)) == sorted(changes)


def test_a_sample_stays_the_same_when_lines_are_added_above(tmp_path: Path) -> None:
    before = {(site.operator, site.key) for site in sample(sites(tmp_path, QUEUE), 5, seed=1)}
    moved = QUEUE.replace("LIMIT = 3", "# why\n\nLIMIT = 3")
    assert {(site.operator, site.key) for site in sample(sites(tmp_path, moved), 5, seed=1)} == before


def test_another_seed_is_another_sample(tmp_path: Path) -> None:
    every = sites(tmp_path, QUEUE)
    assert sample(every, 5, seed=1) != sample(every, 5, seed=2)


def test_a_survivor_is_shown_as_the_lines_that_change(tmp_path: Path) -> None:
    [site] = sites(tmp_path, "def f():\n    return a == b")
    assert site.diff("def f():\n    return a == b") == "-    return a == b\n+    return a != b"
