"""What several tests of the hall share."""

from __future__ import annotations

import pytest

from display_board.voices.packs import PackFolder
from tests.display_board.hall import OFFICE
from tests.display_board.voices.sounds import build_calls


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> PackFolder:
    """The packs that the machine speaks, made once; nobody changes them."""
    made = PackFolder(tmp_path_factory.mktemp("spoken"))
    for language in ("vi", "en"):
        build_calls(made, language, OFFICE)
    return made
