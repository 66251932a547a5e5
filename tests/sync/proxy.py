"""A TCP proxy that breaks what passes through it, on one thread with an event loop.

One way of a line is modelled as a sender that needs `len / rate` seconds for a piece, and a wire that takes `delay_s`
more; loss shows as TCP shows it, as a pause until the piece is sent again.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from contextlib import suppress
from typing import Any

IDLE_S = 0.002


class Proxy:
    """Settings count for new connections; `off` and `silent` at once for all.

    `cut_request_at`, `cut_reply_at`: a connection ends after so many bytes of that way, with a reset when `reset`.
    `delay_s`: one way. `rate`: bytes/s and way. `slices`: most bytes handed on at a time.
    `loss`: chance that a piece is lost and comes `again_s` later. `silent`: half-open, nothing passes any more.
    """

    def __init__(self, port: int) -> None:
        self.cut_reply_at: int | None = None
        self.cut_request_at: int | None = None
        self.reset = False
        self.delay_s, self.rate, self.slices = 0.0, 0.0, 0
        self.loss, self.again_s = 0.0, 0.0
        self.silent = False
        self.sent = {"up": 0, "down": 0}
        self.began = self.ended = 0.0  # by the monotonic clock: the first connection, the last byte of an answer
        self.connections = 0
        self._off = False
        self._chance = random.Random(port)
        self._target = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(listener.getsockname()[1])
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()  # a loop of its own thread: the test's thread may already drive a browser's
        self._server = self._call(asyncio.start_server(self._accept, sock=listener))

    @property
    def off(self) -> bool:
        return self._off

    @off.setter
    def off(self, value: bool) -> None:
        self._off = value
        if value:
            self._call(self._hang_up())

    def close(self) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    async def _hang_up(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _end(self) -> None:
        self._server.close()
        await self._hang_up()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.began = self.began or self._loop.time()
        if self._off:
            _reset(writer)
            return
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            _reset(writer)
            return
        ends = {writer, there_writer}
        self._writers |= ends
        ways = [
            _Way(self, "up", reader, there_writer, self.cut_request_at),
            _Way(self, "down", there_reader, writer, self.cut_reply_at),
        ]
        with suppress(asyncio.CancelledError):
            await asyncio.wait([asyncio.ensure_future(way.run()) for way in ways], return_when="FIRST_COMPLETED")
        for end in ends:
            if any(way.cut for way in ways) and self.reset:
                _reset(end)
            else:
                end.close()
        self._writers -= ends


class _Way:
    """Bytes of one connection in one direction."""

    def __init__(
        self, proxy: Proxy, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int | None
    ) -> None:
        self._proxy, self._name, self._reader, self._writer, self._limit = proxy, name, reader, writer, limit
        self._queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(1000)
        self._passed = 0
        self.cut = False
        writer.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def run(self) -> None:
        hand_on = asyncio.ensure_future(self._hand_on())
        with suppress(OSError, asyncio.CancelledError):
            await self._take_in()
            await self._queue.put((0.0, b""))
            await hand_on
        hand_on.cancel()

    async def _take_in(self) -> None:
        proxy, now = self._proxy, asyncio.get_running_loop().time
        free = now()
        most = max(1, round(proxy.rate * 0.02)) if proxy.rate else 65536
        while True:
            asked = now()
            piece = await self._reader.read(most)
            if not piece:
                return
            if now() - asked > IDLE_S:  # else it waited for us, and the line was never idle
                free = now()
            if proxy.silent:
                continue
            room = len(piece) if self._limit is None else self._limit - self._passed
            self._passed += min(room, len(piece))
            lost = proxy.again_s if proxy._chance.random() < proxy.loss else 0.0
            free = (free if proxy.rate else now()) + (len(piece) / proxy.rate if proxy.rate else 0.0) + lost
            await self._queue.put((free + proxy.delay_s, piece[:room]))
            if room < len(piece):
                self.cut = True
                return
            await asyncio.sleep(max(0.0, free - now()))

    async def _hand_on(self) -> None:
        now = asyncio.get_running_loop().time
        while True:
            due, piece = await self._queue.get()
            if not piece and not due:
                return
            await asyncio.sleep(max(0.0, due - now()))
            step = self._proxy.slices or max(1, len(piece))
            for start in range(0, len(piece), step):
                self._writer.write(piece[start : start + step])
                await self._writer.drain()
                if self._proxy.slices:
                    await asyncio.sleep(0)
            self._proxy.sent[self._name] += len(piece)
            if self._name == "down":
                self._proxy.ended = now()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of FIN."""
    connected = writer.transport.get_extra_info("socket")
    with suppress(OSError):
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
