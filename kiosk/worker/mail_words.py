"""Words of mails with reports: their subject, and why a server did not take one, with what it answered."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping
from email.header import Header
from email.policy import EmailPolicy

from kiosk.i18n.system_words import refusal_of_system
from kiosk.reports.wording import translate

OF_THE_MOMENT = range(400, 500)  # codes of RFC 5321, 4.2.1
NOT_SMTP = -1  # what the library calls an answer without a code
OF_THE_LINE = {
    socket.gaierror: "no machine of this name is found; see host, and whether the line is up",
    ConnectionRefusedError: "it takes no connection at this port; see port",
    TimeoutError: "it does not answer; see host and port, and whether the line is up",
}


class WholeSubject(EmailPolicy):
    """The library loses a blank where it parts a long subject with Vietnamese letters between two encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        words = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}".encode()


def refusal_of_mail(error: OSError | UnicodeError) -> str:
    """A part of a Vietnamese sentence; an error of SMTP is one of the system to the library, and tells nothing so."""
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code == NOT_SMTP:
        return translate("what listens at this port does not speak SMTP ({answer}); see port", answer=_answer(error))
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in OF_THE_MOMENT:
        return translate(
            "it cannot take it for now ({answer}); it is sent again at the next run", answer=_answer(error)
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        sentence = "it refuses username or password ({answer}); write those that it knows"
        return translate(sentence, answer=_answer(error))
    if isinstance(error, smtplib.SMTPResponseException):
        return translate("it answers “{answer}”", answer=_answer(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return translate("it does not offer what security or username ask for")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return translate("it broke the connection off")
    if isinstance(error, ssl.SSLError):
        return translate("its certificate or its encryption is not accepted ({problem})", problem=error.args[-1])
    if isinstance(error, UnicodeError):
        return translate("host, username or password has letters that cannot be sent; write it without Vietnamese ones")
    known = next((words for kind, words in OF_THE_LINE.items() if isinstance(error, kind)), None)
    return refusal_of_system(error) if known is None else translate(known)


def refusal_of_recipients(server: str, refused: Mapping[str, tuple[int, bytes]]) -> str:
    """A sentence. `refused`: the code and words that the server answered to each address."""
    for_good = [address for address, (code, _) in refused.items() if code not in OF_THE_MOMENT]
    if for_good:
        sentence = "the mail server {server} refused {addresses}; see to these addresses in [[schedule.report]]"
    else:
        sentence = "the mail server {server} cannot take it for {addresses} for now; it is sent again at the next run"
    return translate(sentence, server=server, addresses=", ".join(for_good or refused))


def _answer(error: smtplib.SMTPResponseException) -> str:
    """Code and words of the server on one line."""
    text = error.smtp_error
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    code = "" if error.smtp_code == NOT_SMTP else error.smtp_code
    return " ".join(f"{code} {words}".split())
