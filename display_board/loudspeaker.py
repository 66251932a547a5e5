"""pygame's mixer: the only place that makes sound."""

from __future__ import annotations

import array
import logging

import pygame

from display_board.sound import RATE

log = logging.getLogger("display_board.loudspeaker")


class Loudspeaker:
    """One channel, so that two announcements never sound together. Without a sound card it stays silent."""

    def __init__(self) -> None:
        self._channel: pygame.mixer.Channel | None = None
        try:
            pygame.mixer.init(RATE, -16, 1, 1024, allowedchanges=0)
        except pygame.error as error:
            log.warning("no sound: %s", error)
            return
        self._channel = pygame.mixer.Channel(0)

    def play(self, samples: array.array[int]) -> None:
        if self._channel is not None:
            self._channel.play(pygame.mixer.Sound(buffer=samples.tobytes()))

    def is_playing(self) -> bool:
        return self._channel is not None and self._channel.get_busy()

    def close(self) -> None:
        if self._channel is not None:
            self._channel.stop()
            pygame.mixer.quit()
