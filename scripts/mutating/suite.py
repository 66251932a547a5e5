"""The suite of a part inside this process: collects it once, then hands the tests to whoever runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

import hypothesis
import pytest

OPTIONS = ("-q", "-s", "-p", "no:cacheprovider", "-m", "not soak", "--no-header", "--no-summary")
# A part's rules are seen without a second database and without a browser; both take seconds a test.
SLOW_FIXTURES = {"postgres_server", "browser", "page"}

COLLECTION = "import"  # what fails when a test file can't be imported


class Suite:
    """A plugin that replaces pytest's loop by a function of ours."""

    def __init__(self, loop: Callable[[Suite], None]) -> None:
        self.loop = loop
        self.items: dict[str, pytest.Item] = {}
        self.session: pytest.Session | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        # after the project's own profile: the same examples each time, none kept, none made smaller
        hypothesis.settings.register_profile(
            "mutation",
            hypothesis.settings(),
            derandomize=True,
            database=None,
            deadline=None,
            phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        )
        hypothesis.settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        self.items = {item.nodeid: item for item in session.items if runs_here(item)}
        self.loop(self)
        return True

    def run_all(self) -> None:
        """Runs all tests, whatever fails."""
        self.run(list(self.items), stop_at_first=False)

    def run(self, tests: Sequence[str], stop_at_first: bool = True) -> str | None:
        """Runs tests in this order and returns the first that failed."""
        assert self.session is not None
        if self.session.testsfailed and stop_at_first:
            return COLLECTION
        items = [self.items[test] for test in tests if test in self.items]
        for item, following in zip_longest(items, items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.session.testsfailed and stop_at_first:
                return item.nodeid
        return None


def runs_here(item: pytest.Item) -> bool:
    return "[postgresql" not in item.nodeid and not SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))


def collect(paths: Sequence[str], loop: Callable[[Suite], None], *plugins: object) -> None:
    """Collects the tests of these paths and calls the loop with them.

    Raises:
        RuntimeError: a test file couldn't be collected.
    """
    suite = Suite(loop)
    pytest.main([*OPTIONS, *paths], plugins=[suite, *plugins])
    if suite.session is None:
        raise RuntimeError(f"the tests of {', '.join(paths)} can't be collected")
