"""How far the numbers went before a restore: from the database it replaces, from the recorded end of its journal, and
from people; where nobody knows, the series goes on far behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import field
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from contract.records import dataclass
from kiosk.domain.lost_numbers import LostNumbers, missing_ranges
from kiosk.domain.receivers import ReceiverPosition, highest_numbers
from kiosk.maintenance.backup import opened_for_reading
from kiosk.store.head_file import RecordedHead
from kiosk.store.store import Reading


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """The highest number of each letter on a business date. `complete`: no higher one can have been given.

    `epoch`, `seq`: the last event known, or None.
    """

    business_date: str
    highest: dict[str, int] = field(default_factory=dict)
    complete: bool = False
    epoch: str | None = None
    seq: int | None = None


def numbers_of_file(file: Path, office: str, continues: str) -> KnownNumbers | None:
    """Of a database that a restore replaces; None when it cannot be read or is another history.

    `continues`: the epoch in which the backup was made, which the file must know.
    """
    try:
        with closing(opened_for_reading(file)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            rows = connection.execute("SELECT epoch FROM epochs WHERE office = ?", (office,)).fetchall()
            state = "SELECT business_date, epoch, last_seq FROM offices WHERE office = ?"
            day, epoch, seq = connection.execute(state, (office,)).fetchone()
            series = "SELECT letter, last FROM number_series WHERE office = ? AND business_date = ?"
            highest = dict(connection.execute(series, (office, day)).fetchall())
    except (sqlite3.Error, OSError, TypeError):
        return None
    return KnownNumbers(day, highest, sound, epoch, seq) if (continues,) in rows else None


def numbers_before(found: KnownNumbers | None, record: RecordedHead | None, continues: str) -> KnownNumbers | None:
    """What the replaced database (`found`) and the recorded end of its journal say together; None when neither does.

    A record says more than a damaged database, and nothing when it is of another history.
    """
    if record is None:
        return found
    if record.epoch != (continues if found is None else found.epoch):
        return None if found is None else KnownNumbers(found.business_date, found.highest)
    if found is None or record.business_date > found.business_date:
        highest = dict(record.numbers)
    elif record.business_date < found.business_date:
        return found
    else:
        letters = found.highest.keys() | record.numbers.keys()
        highest = {letter: max(found.highest.get(letter, 0), record.numbers.get(letter, 0)) for letter in letters}
    seq = max(record.seq, found.seq or 0) if found else record.seq
    return KnownNumbers(record.business_date, highest, True, record.epoch, seq)


def with_receivers(known: KnownNumbers | None, words: Sequence[ReceiverPosition], day: str) -> KnownNumbers | None:
    """What receivers hold of `day` beside what is `known` and not complete: their numbers are lower bounds as well."""
    if not words:
        return known
    farthest = max(words, key=lambda word: word.seq)
    highest = highest_numbers(words, day)
    if known is None:
        return KnownNumbers(day, highest, False, farthest.epoch, farthest.seq)
    if known.business_date == day:
        letters = known.highest.keys() | highest.keys()
        highest = {letter: max(known.highest.get(letter, 0), highest.get(letter, 0)) for letter in letters}
    if known.epoch != farthest.epoch:
        return KnownNumbers(day, highest, False, known.epoch, known.seq)
    return KnownNumbers(day, highest, False, known.epoch, max(known.seq or 0, farthest.seq))


def lost_by_restore(
    backup: Reading, known: KnownNumbers | None, last_numbers: Mapping[str, int], letters: Iterable[str], today: str
) -> LostNumbers | None:
    """What `backup` lacks, `last_numbers` by people included; None when nothing can be lost."""
    state = backup.state
    complete = known is not None and known.complete
    day = known.business_date if known is not None and known.complete else max(today, state.business_date)
    highest = dict(known.highest) if known is not None and known.business_date == day else {}
    for letter, ordinal in last_numbers.items():
        highest[letter] = max(ordinal, highest.get(letter, 0))
    uncertain = () if complete else tuple(letter for letter in letters if letter not in last_numbers)
    ranges = missing_ranges(backup.tickets.last_ordinals(day), highest, uncertain)
    same_epoch = known is not None and known.epoch == state.head.epoch
    seq = known.seq if known is not None and same_epoch else None
    if complete and not ranges and same_epoch and seq == state.head.seq:
        return None
    return LostNumbers(day, ranges, seq)
