"""The national portal's services on the simulated one-stop system: sign-in with `dstcode`, catalogue, dossiers, faults.

`PUT /control/portal` `{"dossiers": [item], "procedures": [item]}` loads what it knows, with everything about the
owners, as the real one has it; `POST /control/portal/fail` `{"mode", "times"}` spoils the next answers.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Response, jsonify, request

PortalItem = Mapping[str, object]  # a dossier or a procedure as the portal names its fields
SIGN_IN, SERVICE = "/portal/mapi/login", "/portal/mapi/g"
MODES = frozenset({"html", "empty", "list", "no_code", "500", "429", "refuse", "other", "deep", "endless"})
WRONG_PASSWORD, NO_SESSION, NO_SERVICE, NO_DOSSIER, BUSY = 1, 2, 3, 5, 99


class PortalServices:
    """Answers from what was loaded and records what was asked. One user; each sign-in ends the session before it."""

    def __init__(  # nosec B107 # simulated: no real system has this password
        self, username: str = "motcua", password: str = "motcua", dstcode: str = "VN:GOV:SIM"
    ) -> None:
        self.dossiers: dict[str, PortalItem] = {}
        self.procedures: list[PortalItem] = []
        self.refused: set[str] = set()  # codes of dossiers: a question about one is answered by an error
        self.asked: list[tuple[str, str]] = []
        self.sign_ins = 0
        self._user = (username, password, dstcode)
        self._session = ""
        self._faults: list[str] = []
        self._lock = threading.Lock()

    def load(self, dossiers: Iterable[PortalItem], procedures: Iterable[PortalItem] = ()) -> None:
        """Add or replace items as the portal names them."""
        self.dossiers |= {str(item["MaHoSo"]): item for item in dossiers}
        self.procedures += procedures

    def fail(self, mode: str, times: int = 1) -> None:
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(sorted(MODES))}")
        with self._lock:
            self._faults += [mode] * times

    def forget_session(self) -> None:
        """As when the adapter was started again."""
        self._session = ""

    def mount(self, app: Flask) -> None:
        app.add_url_rule(SIGN_IN, "portal_sign_in", self._sign_in, methods=["POST"])
        app.add_url_rule(SERVICE, "portal_service", self._service, methods=["POST"])
        app.add_url_rule("/control/portal", "portal_load", self._load, methods=["PUT"])
        app.add_url_rule("/control/portal/fail", "portal_fail", self._fail, methods=["POST"])

    def _sign_in(self) -> Response:
        body = _body()
        given = (body.get("username"), body.get("password"), request.headers.get("dstcode"))
        if given != self._user:
            return jsonify(error_code=WRONG_PASSWORD, message="Sai tài khoản")
        self.sign_ins += 1
        self._session = secrets.token_hex(16)
        return jsonify(error_code=0, session=self._session)

    def _service(self) -> Response:
        with self._lock:
            fault = self._faults.pop(0) if self._faults else ""
        if fault:
            return self._bad_answer(fault)
        body = _body()
        if not self._session or body.get("session") != self._session or request.headers.get("dstcode") != self._user[2]:
            return jsonify(error_code=NO_SESSION, message="Phiên làm việc không hợp lệ")
        return self._answer(str(body.get("service", "")), body)

    def _answer(self, service: str, body: Mapping[str, Any]) -> Response:
        if service == "LayDanhSachTTHC":
            items = self.procedures
        elif service == "LayThuTuc":
            items = [item for item in self.procedures if item["MATTHC"] == body.get("maTTHC")]
        elif service == "TraCuuHoSo":
            code = str(body.get("mahoso", ""))
            if code in self.refused:
                self.asked.append((service, code))
                return jsonify(error_code=NO_DOSSIER, message="Hồ sơ không tồn tại")
            items = [self.dossiers[code]] if code in self.dossiers else []
        else:
            return jsonify(error_code=NO_SERVICE, message="Không có dịch vụ")
        self.asked.append((service, str(body.get("mahoso", body.get("maTTHC", "")))))
        return jsonify(error_code=0, message="", result=items)

    def _bad_answer(self, fault: str) -> Response:
        if fault == "refuse":
            owners = "; ".join(str(item.get("ChuHoSo", "")) for item in self.dossiers.values())
            return jsonify(error_code=BUSY, message=f"Lỗi xử lý hồ sơ của {owners}")
        if fault == "other":
            return jsonify(error_code=0, result=list(self.dossiers.values())[:1])
        if fault in {"500", "429"}:
            return Response("Máy chủ bận\n", int(fault), {"Retry-After": "120"} if fault == "429" else {})
        bodies = {
            "html": "<html><body>Đăng nhập Wi-Fi</body></html>",
            "empty": "",
            "list": "[]",
            "no_code": "{}",
            "deep": "[" * 100_000,
            "endless": " " * (20 * 1024 * 1024),
        }
        return Response(bodies[fault], content_type="application/json")

    def _load(self) -> Response:
        body = _body()
        self.load(list(body.get("dossiers", [])), list(body.get("procedures", [])))
        self.refused |= set(map(str, body.get("refused", [])))
        return jsonify(dossiers=len(self.dossiers), procedures=len(self.procedures))

    def _fail(self) -> tuple[Response, int] | Response:
        body = _body()
        try:
            self.fail(str(body.get("mode", "")), int(body.get("times", 1)))
        except ValueError as error:
            return jsonify(error=str(error)), 400
        return jsonify(ok=True)


def _body() -> Mapping[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}
