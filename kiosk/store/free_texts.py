"""Free texts that people wrote, apart from the journal, so that they can be purged."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, select

from kiosk.domain.free_words import text_id
from kiosk.domain.spoken_words import VOICE
from kiosk.store.columns import OFFICE, big_integer, key, table, text_column
from kiosk.store.sql import OfficeTable, Statement

free_texts = table(
    "free_texts", key("id"), text_column("kind"), text_column("about"), text_column("text"), big_integer("at")
)
_f = free_texts.c
APPLICANT = "applicant"  # a kind of free text: the masked name of whoever handed in a dossier
_INSERT = Statement(insert(free_texts))
_ALL_OF_KIND = Statement(select(_f.about, _f.text).where(_f.office == OFFICE, _f.kind == bindparam("of_kind")))
_GET = Statement(select(_f.text).where(_f.office == OFFICE, _f.id == bindparam("of_id")))
_NEWEST = Statement(
    select(_f.about, _f.text, _f.at)
    .where(_f.office == OFFICE, _f.kind == bindparam("of_kind"))
    .order_by(_f.at.desc())
    .limit(bindparam("most"))
)
_DELETE = Statement(delete(free_texts).where(_f.office == OFFICE, _f.id == bindparam("of_id")))
_OF_KIND_ABOUT = Statement(
    delete(free_texts).where(_f.office == OFFICE, _f.kind == bindparam("of_kind"), _f.about == bindparam("about_this"))
)
_COUNT = Statement(
    select(func.count()).where(_f.office == OFFICE, _f.kind == bindparam("of_kind"), _f.at >= bindparam("since"))
)
_SPOKEN = Statement(
    select(_f.id, _f.about, _f.at)
    .where(_f.office == OFFICE, _f.kind == VOICE)
    .order_by(_f.at.desc())
    .limit(bindparam("most"))
)
_SOUND = Statement(select(_f.text).where(_f.office == OFFICE, _f.id == bindparam("of_id"), _f.kind == VOICE))
_PURGE = Statement(
    delete(free_texts).where(_f.office == OFFICE, _f.at < bindparam("before"), _f.kind != bindparam("applicants"))
)


class FreeTextTable(OfficeTable):
    """Comments of ratings, notes and reasons of clerks, words of devices, masked names of applicants in one office."""

    __slots__ = ()

    def add(self, new_id: str, kind: str, about: str, text: str, at: int) -> None:
        """`kind` is "comment" (about a rating), "note" (a ticket) or "applicant" (a dossier); `at` in ms."""
        self._run(_INSERT, id=new_id, kind=kind, about=about, text=text, at=at)

    def put(self, kind: str, about: str, text: str, at: int) -> None:
        """The one text of a kind about something ("reason", "help", "heartbeat"), by the id `kind/about`."""
        of_id = text_id(kind, about)
        self._run(_DELETE, of_id=of_id)
        self.add(of_id, kind, about, text, at)

    def get(self, of_id: str) -> str | None:
        row = self._row(_GET, of_id=of_id)
        return None if row is None else str(row[0])

    def newest(self, kind: str, most: int) -> list[tuple[str, str, int]]:
        """(about, text, at) of a kind, the newest first."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_NEWEST, of_kind=kind, most=most)]

    def put_spoken(self, new_id: str, rating: str, sound: str, at: int) -> None:
        """What a citizen spoke about a visit, in the place of what was spoken before. Its id tells of no rating."""
        self._run(_OF_KIND_ABOUT, of_kind=VOICE, about_this=rating)
        self.add(new_id, VOICE, rating, sound, at)

    def count_spoken(self, since: int) -> int:
        """How many were spoken from a moment on."""
        row = self._row(_COUNT, of_kind=VOICE, since=since)
        return 0 if row is None else int(row[0])

    def newest_spoken(self, most: int) -> list[tuple[str, str, int]]:
        """(id, rating, at) of what was spoken, the newest first, without the sound."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_SPOKEN, most=most)]

    def spoken(self, of_id: str) -> str | None:
        """The sound itself, as `domain.spoken_words` writes it."""
        row = self._row(_SOUND, of_id=of_id)
        return None if row is None else str(row[0])

    def purge(self, before: int) -> int:
        """Forget what was written before a moment (ms since 1970); names beside dossiers have a rule of their own."""
        return self._changed(_PURGE, before=before, applicants=APPLICANT)

    def applicant(self, code: str) -> str | None:
        """The masked name beside a dossier."""
        return self.get(text_id(APPLICANT, code))

    def applicants(self) -> dict[str, str]:
        """All masked names by code of dossier; looks through the whole table."""
        return {str(row[0]): str(row[1]) for row in self._rows(_ALL_OF_KIND, of_kind=APPLICANT)}

    def set_applicant(self, code: str, name: str | None, at: int) -> None:
        """The masked name beside a dossier; None forgets it."""
        if name is not None:
            self.put(APPLICANT, code, name, at)
        else:
            self._run(_DELETE, of_id=text_id(APPLICANT, code))
