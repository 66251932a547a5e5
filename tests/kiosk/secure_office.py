"""An office that is served by TLS: by the service itself, or by an nginx before it."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.maintenance.certificates import OfficeCertificates, authority_der, ensure_certificate
from kiosk.store.credentials import hash_secret
from kiosk.web.listeners import Listeners
from tests.kiosk.nginx import Nginx
from tests.office import OfficeStory, sample_configuration

PATIENCE_S = 20.0
NAME = "motcua.example"


def real_now() -> int:
    """TLS clients ask the machine's clock, not the story's."""
    return int(time.time() * 1000)


class SecureOffice:
    """`port`: where HTTPS is, `staff_port`: that of the staff's door behind nginx, else None."""

    def __init__(self, home: Path, by: str) -> None:
        self.home = home
        plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always")
        plain.voice.hours.clear()
        update: dict[str, Any] = {"public_bind": "127.0.0.1:0", "public_url": f"https://{NAME}"}
        if by == "nginx":
            update |= {"staff_bind": "127.0.0.1:0", "trusted_proxies": ["127.0.0.1"]}
        else:
            update |= {"tls_bind": "127.0.0.1:0"}
        self.story = OfficeStory("", plain.model_copy(update={"server": plain.server.model_copy(update=update)}))
        with self.story.app.store.writing() as tables:
            tables.clerks.add("c-1", "Lan", hash_secret("4821"))
        ensure_certificate(self.story.app.configuration.server, real_now())
        self.story.service.start()
        assert self.story.service._listeners is not None
        self.listeners: Listeners = self.story.service._listeners
        self._nginx = self._proxy() if by == "nginx" else None
        if self._nginx is not None:
            self.port, self.staff_port = self._nginx.hall_port, self._nginx.staff_port
        else:
            assert self.listeners.tls is not None
            self.port = self.staff_port = self.listeners.tls.port

    def connect(self, trusting: bool = True, name: str = "127.0.0.1", port: int | None = None) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        if trusting:
            context.load_verify_locations(cadata=authority_der())
        plain = socket.create_connection(("127.0.0.1", port or self.port), PATIENCE_S)
        return context.wrap_socket(plain, server_hostname=name)

    def serial(self) -> str:
        """Of the certificate that a newcomer meets."""
        with self.connect() as line:
            shown = line.getpeercert()
            assert shown is not None
            return str(shown["serialNumber"])

    def renew(self) -> None:
        """The certificate comes to its end; when this returns, newcomers meet the next one."""
        before = self.serial()
        details = self.home / "tls" / "server.json"
        details.write_text(details.read_text(encoding="utf-8").replace('"not_after_ms": 1', '"not_after_ms": 0'))
        certificates = OfficeCertificates(self.story.app.configuration.server, real_now)
        self.listeners._certificates = certificates
        self.listeners.look_at_certificate()
        if self._nginx is not None:
            self._nginx.reload()
        ends = time.monotonic() + PATIENCE_S
        while self.serial() == before:
            assert time.monotonic() < ends, "the old certificate is still shown"
            time.sleep(0.05)

    def close(self) -> None:
        if self._nginx is not None:
            self._nginx.close()
        self.story.service.stop_serving()
        self.story.close()

    def _proxy(self) -> Nginx:
        folder = self.home / "nginx"
        folder.mkdir()
        assert self.listeners.staff is not None
        return Nginx(folder, self.home / "tls", self.listeners.plain.port, self.listeners.staff.port)


@contextmanager
def secure_office(home: Path, by: str) -> Iterator[SecureOffice]:
    """`by`: "the service" or "nginx"."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(home))
        patch.setattr("kiosk.server.OfficeCertificates", lambda server, _: OfficeCertificates(server, real_now))
        made = SecureOffice(home, by)
        try:
            yield made
        finally:
            made.close()


def ask(line: ssl.SSLSocket, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, bytes]:
    """Status, head and body of an answer that says its length. `body`: bytes as they are, anything else as JSON."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}Content-Type: application/json\r\n"
    line.sendall(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536)
    answered, _, rest = received.partition(b"\r\n\r\n")
    text = answered.decode()
    length = int(text.lower().partition("content-length: ")[2].split("\r\n")[0] or 0)
    while len(rest) < length:
        rest += line.recv(65536)
    return int(text[9:12]), text, rest
