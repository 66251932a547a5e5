"""What the journal tells of access: who signed in, who was refused, locked out or guesses, what administrators did.

No receiver needs these events for its figures; streams of devices hold no more of them than that there was one.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Secret = Literal["pin", "password", "token"]


class AccessData(TypedDict):
    """Of `access.signed_in`, `access.refused`, `access.locked` and `access.guessed`.

    `account`: a clerk's code or an administrator's name; null when nobody has the name that was typed, which is never
    told. `count`: wrong secrets in a row. `wait_s`: how long the account is locked there.
    """

    what: Secret
    account: str | None
    address: str | None
    counter: str | None
    count: int
    wait_s: int


class AdministeredData(TypedDict):
    """Of `access.administered`: what an administrator or a command did, to which object, from which address.

    `act`: the name of the call in the API's description, or the command; `address` is null at the machine itself.
    `detail`: what became of it, where the act does not say it: a role, another name, "disabled", "pin".
    """

    act: str
    about: str
    address: str | None
    detail: NotRequired[str]


class CorrectionData(TypedDict):
    """Of `access.corrected`: `corrects` is the id of an event that is wrong and stays; `reason` a code.

    `confirmed_by`: the accounts of two persons.
    """

    corrects: str
    seq: int
    reason: str
    confirmed_by: list[str]
