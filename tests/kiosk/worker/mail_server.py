"""A mail server for tests: plain SMTP on this machine, which keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """`refused`: recipients that it does not take, answered with `refusal`.

    `knows`: whether it accepts a password; `has_room`: a mail.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.refusal = "550 nobody of that name"
        self.knows = self.has_room = True

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._say("354 go on")
                self._take()
            elif word == "RCPT" and line.partition("<")[2].partition(">")[0] in self.server.refused:
                self._say(self.server.refusal)
            elif word == "EHLO":
                self._say("250-test\r\n250 AUTH PLAIN")
            elif word == "AUTH" and not self.server.knows:
                self._say("535 5.7.8 bad credentials")
            elif word == "AUTH":
                self._say("235 welcome")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        body = b""
        while (line := self.rfile.readline()) != b".\r\n":
            body += line.removeprefix(b".") if line.startswith(b"..") else line
        if not self.server.has_room:
            self._say("452 4.2.2 mailbox full")
            return
        self.server.messages.append(message_from_bytes(body, policy=policy.default))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
