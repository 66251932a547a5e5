"""In which order the rows of a table stand that has one for each service, counter, hour or person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.domain.name_order import name_key


def in_order(keys: Iterable[str], names: Mapping[str, str], of_people: bool = False) -> list[str]:
    """As the configuration has them in `names`, what it no longer has behind them; people as names are listed."""
    if of_people:
        return sorted(keys, key=name_key)
    places = {key: place for place, key in enumerate(names)}
    return sorted(keys, key=lambda key: (places.get(key, len(places)), key))
