"""The page "thử hỏng": each button causes a real fault of the demonstration, or undoes it. For this machine only."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from hmac import compare_digest
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from kiosk.commands.demo.faults import DemoFault, FaultNotCaused

MOST_BYTES = 4096
PAGE_NAMES = {
    "kiosk": "Máy lấy số",
    "counter": "Bàn cán bộ",
    "board": "Màn hình chung",
    "admin": "Quản trị",
    "onestop": "Hệ thống một cửa",
}
STYLE = """
:root { --ink: #1D1A16; --paper: #FBF6EA; --soft: #57503F; --rim: #D8CFB8; --forest: #0F4F3A; --brick: #A8261B; }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 18px/1.4 "Be Vietnam Pro", "Noto Sans", sans-serif; }
main { max-width: 900px; margin: 0 auto; padding: 28px 20px 60px; display: grid; gap: 18px; }
h1 { font-size: 36px; line-height: 1.2; } h2 { font-size: 25px; line-height: 1.25; }
small, .en { display: block; color: var(--soft); font-size: 16px; font-weight: 500; }
section { background: #fff; border: 3px solid var(--rim); border-radius: 18px; padding: 20px 24px; display: grid;
  gap: 12px; }
section.on { border-color: var(--brick); }
.state { font-weight: 700; color: var(--forest); } .on .state { color: var(--brick); }
button { font: inherit; font-weight: 700; min-height: 58px; padding: 8px 24px; border-radius: 14px; cursor: pointer;
  border: 3px solid var(--brick); background: var(--brick); color: #fff; text-align: left; }
button small { color: inherit; font-size: 15px; }
.on button { border-color: var(--forest); background: var(--forest); }
a { color: var(--forest); font-weight: 700; margin-right: 18px; }
.told { border-color: var(--brick); font-weight: 700; }
"""


class FaultPage:
    """Served on 127.0.0.1 alone; who posts must have been shown the page. Raises OSError when the port is taken."""

    def __init__(self, port: int, faults: Sequence[DemoFault], pages: Mapping[str, str]) -> None:
        self._faults = {fault.code: fault for fault in faults}
        self._pages = pages
        self._token = secrets.token_urlsafe(16)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        self._server.daemon_threads = True
        self.hosts = {f"{name}:{self._server.server_port}" for name in ("127.0.0.1", "localhost")}
        self._thread = threading.Thread(target=self._server.serve_forever, name="faults", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def act(self, fields: Mapping[str, Sequence[str]]) -> str | None:
        """Causes or undoes what the form asks for; what went wrong in words, None when nothing did.

        Raises PermissionError without the token of the page, KeyError for a fault that there is not.
        """
        if not compare_digest(fields["token"][0], self._token):
            raise PermissionError
        fault = self._faults[fields["fault"][0]]
        with self._lock:
            try:
                (fault.undo if fields["do"][0] == "undo" else fault.cause)()
            except FaultNotCaused as error:
                return str(error)
        return None

    def html(self, message: str | None = None) -> str:
        """The page as things stand."""
        sections = "".join(self._section(fault) for fault in self._faults.values())
        warning = f'<section class="told" role="alert">{escape(message)}</section>' if message else ""
        return (
            '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử hỏng</title>'
            f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
            '<h1>Thử hỏng <small lang="en">Try what fails: only in this demonstration, on this machine</small></h1>'
            "<p>Mỗi nút làm hỏng thật một phần của bản chạy thử; nút ấy đổi thành nút chữa. Bấm rồi mở các trang ghi ở "
            'dưới để xem.<span class="en" lang="en">Each button really breaks a part; it then turns into the one that '
            f"mends it. Press, then open the pages named below it.</span></p>{warning}{sections}</main></body></html>"
        )

    def _section(self, fault: DemoFault) -> str:
        try:
            is_on = fault.is_on()
            state = ("Đang hỏng", "broken now") if is_on else ("Đang tốt", "well")
        except FaultNotCaused as error:
            is_on, state = False, ("Chưa rõ", str(error))
        words = fault.undo_words if is_on else fault.cause_words
        links = "".join(
            f'<a href="{escape(self._pages[name])}" target="_blank">{escape(PAGE_NAMES[name])}</a>'
            for name in fault.pages
        )
        return (
            f'<section id="{fault.code}" class="{"on" if is_on else "off"}"><h2>{_both(fault.title)}</h2>'
            f'<p class="state">{_both(state)}</p><form method="post" action="/">'
            f'<input type="hidden" name="token" value="{self._token}"><input type="hidden" name="fault" '
            f'value="{fault.code}"><button name="do" value="{"undo" if is_on else "cause"}">{_both(words)}</button>'
            f"</form><p>{_both(fault.look)}</p><p>{links}</p></section>"
        )


def _both(words: tuple[str, str]) -> str:
    return f'{escape(words[0])}<small lang="en">{escape(words[1])}</small>'


def _handler_of(page: FaultPage) -> type[BaseHTTPRequestHandler]:
    class FaultHandler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.headers.get("Host") not in page.hosts:
                return self._answer(403, "")
            if urlsplit(self.path).path != "/":
                return self._answer(404, "")
            return self._answer(200, page.html())

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.headers.get("Host") not in page.hosts or not length.isdigit() or int(length) > MOST_BYTES:
                return self._answer(403, "")
            try:
                failure = page.act(parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace")))
            except (KeyError, PermissionError):
                return self._answer(403, "")
            if failure is not None:
                return self._answer(502, page.html(failure))
            return self._answer(303, "")

        def _answer(self, status: int, body: str) -> None:
            data = body.encode()
            self.send_response(status)
            if status == 303:
                self.send_header("Location", "/")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Frame-Options", "DENY")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """What the visitor presses is of no interest later."""

    return FaultHandler
