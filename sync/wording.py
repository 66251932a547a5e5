"""What staff read about a follower: English keys, Vietnamese in the catalogue beside this file."""

from __future__ import annotations

from pathlib import Path

from contract.catalogues import Catalogue, grouped

CATALOGUE = Catalogue(Path(__file__).parent / "translations", "sync")
translate = CATALOGUE.translate

__all__ = ["CATALOGUE", "grouped", "translate"]
