"""Who signed in, who was refused, and what administrators did."""

from __future__ import annotations

from typing import ClassVar

from contract.access_events import AccessData, AdministeredData, CorrectionData, Secret
from contract.events import EventType
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """`account`: None for a name that nobody has. `address` of the network; `counter` of the device."""

    type: ClassVar[EventType]
    what: Secret
    account: str | None
    address: str | None
    counter: str | None = None
    count: int = 0
    wait_s: int = 0

    @property
    def subject(self) -> str:
        return self.account or self.address or "unknown"

    def data(self) -> AccessData:
        return {
            "what": self.what,
            "account": self.account,
            "address": self.address,
            "counter": self.counter,
            "count": self.count,
            "wait_s": self.wait_s,
        }


@dataclass(frozen=True, slots=True)
class SignedIn(AccessEvent):
    type = EventType.ACCESS_SIGNED_IN


@dataclass(frozen=True, slots=True)
class SignInRefused(AccessEvent):
    type = EventType.ACCESS_REFUSED


@dataclass(frozen=True, slots=True)
class AccountLocked(AccessEvent):
    type = EventType.ACCESS_LOCKED


@dataclass(frozen=True, slots=True)
class SecretsGuessed(AccessEvent):
    type = EventType.ACCESS_GUESSED


@dataclass(frozen=True, slots=True)
class Administered:
    """`act` of an administrator or a command; `about`: the object's name, empty where there is none.

    `detail`: what became of it, where the act does not say it.
    """

    type: ClassVar[EventType] = EventType.ACCESS_ADMINISTERED
    act: str
    about: str
    address: str | None
    detail: str = ""

    @property
    def subject(self) -> str:
        return self.about or self.act

    def data(self) -> AdministeredData:
        data: AdministeredData = {"act": self.act, "about": self.about, "address": self.address}
        if self.detail:
            data["detail"] = self.detail
        return data


@dataclass(frozen=True, slots=True)
class Corrected:
    """An event is wrong, and two persons say so; it stays as it is."""

    type: ClassVar[EventType] = EventType.ACCESS_CORRECTED
    corrects: str
    seq: int
    reason: str
    confirmed_by: tuple[str, str]

    @property
    def subject(self) -> str:
        return self.corrects

    def data(self) -> CorrectionData:
        by = list(self.confirmed_by)
        return {"corrects": self.corrects, "seq": self.seq, "reason": self.reason, "confirmed_by": by}
