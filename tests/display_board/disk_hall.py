"""A hall that writes what its loudspeaker plays into a file:  python -m tests.display_board.disk_hall SHELF WORK

Run with SDL_AUDIODRIVER=disk. Three calls come at once: one said twice, a recall, one in a citizen's own language.
"""

from __future__ import annotations

import sys
from pathlib import Path

from display_board.announcing.announcer import Announcer
from display_board.announcing.loudspeaker import Loudspeaker
from display_board.announcing.voice import BoardVoice
from display_board.announcing.voice_packs import Published
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.packs import Clip, PackFolder
from display_board.voices.settings import Settings
from tests.display_board.hall import NOW, OFFICE, until

CALLS = (
    (BoardCall("A012", "HT", "3", 0, False), 2),
    (BoardCall("C105", "DD", "1", 0, True), 1),
    (BoardCall("H007", "VX", "2", 0, False, "t", "en"), 1),
)


class FromShelf:
    """The packs of a folder, as a board gets them from the service."""

    def __init__(self, shelf: PackFolder) -> None:
        packs = [shelf.pack(language) for language in shelf.languages()]
        self._files = {clip.sha256: (pack.language, clip) for pack in packs for clip in pack.clips.values()}
        self._shelf = shelf
        self.ahead_ms = 0
        clips = {pack.language: {key: clip.sha256 for key, clip in pack.clips.items()} for pack in packs}
        self.known = Published(Settings(manner=OFFICE), clips)

    def refresh(self) -> bool:
        return True

    def clip(self, digest: str) -> bytes | None:
        found: tuple[str, Clip] | None = self._files.get(digest)
        return None if found is None else self._shelf.read(*found)

    def forget_unused(self) -> None:
        pass


def main(shelf: Path, work: Path) -> int:
    speaker = Loudspeaker()
    voice = BoardVoice(FromShelf(PackFolder(shelf)), Espeak("no-such-program"), work, lambda: NOW)
    voice.prefetch(lambda: False)  # as on a board that has run for a while: how fast a disk is says nothing here
    announcer = Announcer(speaker, voice)
    announcer.start()
    for call, times in CALLS:
        announcer.announce(call, "bà con", times)
    done = until(announcer.is_done, 60)
    announcer.stop()
    speaker.close()
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
