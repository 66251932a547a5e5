"""pygame's mixer: the only place that makes sound."""

from __future__ import annotations

import array
import logging
import math
import time

import pygame

from display_board.voices.sound import RATE

AGAIN_S = 10.0
PERIOD = 512  # samples handed to the card at a time: 23 ms, so that the chime follows the light
log = logging.getLogger("display_board.announcing.loudspeaker")


class Loudspeaker:
    """One channel, so that two announcements never sound together.

    Without a sound card it stays silent and looks for one again before a later call: the sound of many a TV comes
    only when somebody switches the TV on. Any call of it may hang with its device.
    """

    def __init__(self) -> None:
        self._channel: pygame.mixer.Channel | None = None
        self._tried_at = -math.inf

    def play(self, samples: array.array[int]) -> None:
        if self._channel is None and time.monotonic() - self._tried_at >= AGAIN_S:
            self.open()
        if self._channel is not None:
            self._channel.play(pygame.mixer.Sound(buffer=samples.tobytes()))

    def is_playing(self) -> bool:
        return self._channel is not None and self._channel.get_busy()

    def reopen(self) -> None:
        """After a device that hangs, as one that was pulled out does."""
        self.close()
        self.open()

    def close(self) -> None:
        if self._channel is not None:
            self._channel.stop()
            pygame.mixer.quit()
            self._channel = None

    def open(self) -> None:
        self._tried_at = time.monotonic()
        try:
            pygame.mixer.init(RATE, -16, 1, PERIOD, allowedchanges=0)
        except pygame.error as error:
            log.warning("no sound: %s", error)
            return
        self._channel = pygame.mixer.Channel(0)
