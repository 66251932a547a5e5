"""What is said of dossiers wherever they come from: English keys, Vietnamese in the catalogue beside this file."""

from __future__ import annotations

from pathlib import Path

from contract.catalogues import Catalogue

translate = Catalogue(Path(__file__).parent / "translations", "dossiers").translate
