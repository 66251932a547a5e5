#!/usr/bin/env python3
"""Changes the source of a part in many small ways and counts how many changes its own tests notice.

Each mutant runs in a fork of a process that has imported and collected everything, so that it costs only its tests.
Only the tests that execute the changed line run, the quickest first, until one fails. The sample is the same for the
same seed, and a change elsewhere in a file leaves it as it is. Survivors are listed with the change, to write a test
for; a line that no test runs counts as survived.

  scripts/mutation.py --part domain                       the part's sample; exit 1 below 90 %
  scripts/mutation.py --file kiosk/domain/queue.py --all  every site of one file, with the tests of its part
  scripts/mutation.py --part store --seed 7 --jobs 1      another sample
  MUTATION_OUTPUT=/tmp/out scripts/mutation.py …          keeps what the tests print
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

from scripts.mutating.run import NO_TEST, Outcome, PartRun, SuiteNotGreen  # noqa: E402
from scripts.mutating.sites import Site, sample, sites_of  # noqa: E402

REQUIRED = 90.0


@dataclass(frozen=True)
class Part:
    """Files and folders to mutate, the paths of the tests that answer for them, and the size of the sample.

    A part's sample is as large as three minutes on two quiet cores allow; another `--seed` is another sample.
    """

    sources: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int = 300
    without: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()  # tests that take as long as the whole run may; quicker ones must notice a mutant


PRINTING = (
    "worker",
    "worker_fallback",
    "worker_trials",
    "health",
    "health_monitor",
    "presenter",
    "advice",
    "trials",
    "slip_content",
    "slip_words",
    "slip_preview",
)
DELIVERY = (
    "delivery_protocol",
    "delivery_faults",
    "printer_link",
    "connection",
    "presenter",
    "outcomes",
    "slip_encoder",
    "round_trip",
    "status_query",
)
VERIFY = (
    "apart",
    "chain",
    "corrected_clock",
    "counted",
    "criteria",
    "day",
    "dossier_answers",
    "dossiers",
    "every_measure",
    "figures",
    "law",
    "measures",
    "office_rules",
    "places",
    "recount",
    "replay",
    "shapes",
    "today",
)
PARTS = {
    "domain": Part(("kiosk/domain", "contract"), ("tests/kiosk/domain", "tests/contract")),
    "actions": Part(("kiosk/actions",), ("tests/kiosk/actions",), without=("kiosk/actions/ports.py",)),
    "store": Part(
        ("kiosk/store",),
        ("tests/kiosk/store",),
        sample=150,
        without=("kiosk/store/migrations",),
        slow=("test_its_reports_are_made_again_to_the_byte", "test_nobody_else_makes_a_table_by_hand"),
    ),
    "access": Part(
        (
            "kiosk/web/http/auth.py",
            "kiosk/web/http/host_check.py",
            "kiosk/store/credentials.py",
            "kiosk/domain/accounts.py",
            "kiosk/domain/lock_out.py",
            "kiosk/domain/tokens.py",
        ),
        (
            "tests/kiosk/web/http/test_auth.py",
            "tests/kiosk/web/http/test_auth_roles.py",
            "tests/kiosk/web/http/test_host_check.py",
            "tests/kiosk/store/test_credentials.py",
            "tests/kiosk/domain/test_accounts.py",
            "tests/kiosk/domain/test_lock_out.py",
            "tests/kiosk/domain/test_tokens.py",
        ),
    ),
    "printing": Part(
        ("kiosk/printing", "ticket_printer/delivery", "ticket_printer/protocol"),
        # without the tests that wait for the simulated printer's paper
        (
            *(f"tests/kiosk/printing/test_{name}.py" for name in PRINTING),
            *(f"tests/ticket_printer/delivery/test_{name}.py" for name in DELIVERY),
            "tests/ticket_printer/protocol",
        ),
    ),
    "verify": Part(
        ("kiosk/verify",),
        tuple(f"tests/kiosk/verify/test_{name}.py" for name in VERIFY),
        without=("kiosk/verify/second.py",),  # its tests start a process each
        slow=("test_every_figure_of_a_random_day_equals_the_recount",),
    ),
    "board": Part(("display_board/state",), ("tests/display_board/state",)),
}


def python_files(names: tuple[str, ...], without: tuple[str, ...] = ()) -> list[Path]:
    files: list[Path] = []
    for name in names:
        place = ROOT / name
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.exists() else []
    left_out = [ROOT / name for name in without]
    return [file for file in files if not any(file.is_relative_to(one) for one in left_out)]


def part_of(file: str) -> str:
    """Returns the part that a file belongs to.

    Raises:
        SystemExit: it belongs to none.
    """
    path = (ROOT / file).resolve()
    for name, part in PARTS.items():
        if path in python_files(part.sources, part.without):
            return name
    raise SystemExit(f"{file} belongs to no part; parts: {', '.join(PARTS)}")


def print_survivors(outcomes: list[Outcome]) -> None:
    """Prints each survivor: file:line, operator, why if no test runs it, and the change."""
    for outcome in sorted(outcomes, key=lambda one: (one.site.file, one.site.line)):
        if outcome.killed:
            continue
        site = outcome.site
        print(f"\n{site.file}:{site.line} {site.operator} {outcome.by}")
        print(site.diff((ROOT / site.file).read_text(encoding="utf-8")))


def run_part(name: str, files: list[Path], sites: list[Site], options: argparse.Namespace) -> bool:
    """Runs the mutants of one part, prints the figure and tells whether it is high enough."""
    part = PARTS[name]
    began = time.monotonic()
    tests = options.tests or list(part.tests)
    missing = [test for test in tests if not (ROOT / test.partition("::")[0]).exists()]
    if missing or not sites:
        print(f"{name}: {len(sites)} sites; tests that don't exist: {', '.join(missing) or 'none'}")
        return False
    # coverage is measured over all files of the part, mutants are those of `files`
    measured = sorted({*files, *python_files(part.sources, part.without)})
    try:
        outcomes = PartRun(ROOT, measured, tests, sites, options.jobs, part.slow).run()
    except SuiteNotGreen as error:
        print(f"{name}: the suite fails without a mutant:\n{error}")
        return False
    print_survivors(outcomes)
    killed = sum(outcome.killed for outcome in outcomes)
    timeouts = sum(outcome.by == "timeout" for outcome in outcomes)
    untested = sum(outcome.by == NO_TEST for outcome in outcomes)
    share = 100 * killed / len(outcomes)
    print(
        f"\n{name}: {killed} of {len(outcomes)} killed = {share:.1f} % ({timeouts} by time limit); "
        f"{len(outcomes) - killed} survived ({untested} in lines that no test runs); {time.monotonic() - began:.0f} s"
    )
    return share >= REQUIRED


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=list(PARTS), help="only this part (may be repeated)")
    parser.add_argument("--file", action="append", default=[], help="only this file (may be repeated)")
    parser.add_argument("--all", action="store_true", help="every site instead of the sample")
    parser.add_argument("--sample", type=int, help="so many sites instead of the part's number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="processes at once")
    parser.add_argument("--tests", action="append", default=[], help="these tests instead of the part's")
    parser.add_argument("--list", action="store_true", help="print the sites and run nothing")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    names = options.part or (sorted({part_of(file) for file in options.file}) if options.file else list(PARTS))
    good = True
    for name in names:
        part = PARTS[name]
        files = python_files(part.sources, part.without)
        if options.file:
            files = [file for file in files if file in {(ROOT / one).resolve() for one in options.file}]
        sites = [site for file in files for site in sites_of(file, ROOT)]
        size = 0 if options.all else options.sample or part.sample
        chosen = sample(sites, size, options.seed)
        print(f"{name}: {len(chosen)} of {len(sites)} sites in {len(files)} files", flush=True)
        if options.list:
            print("\n".join(f"{site.file}:{site.line} {site.operator}" for site in chosen))
            continue
        good = run_part(name, files, chosen, options) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
