"""What a command says to whoever gave it: in Vietnamese, by the catalogue "commands"; of voice packs by "voices".

What programs read stays as it is: a token, a path, a public key, a list parted by tabs, JSON.
"""

from __future__ import annotations

import sys
import unicodedata


def words(text: str, /, **facts: object) -> str:
    """The sentence in Vietnamese; errors among the facts are told by their own sentences."""
    from kiosk.i18n.catalogues import catalogue

    plain = {name: reason_of(fact) if isinstance(fact, Exception) else fact for name, fact in facts.items()}
    sentence = catalogue("commands", "voices").translate(text)
    return unicodedata.normalize("NFC", sentence.format(**plain)) if plain else sentence


def say(text: str, /, **facts: object) -> None:
    print(words(text, **facts), flush=True)


def warn(text: str, /, **facts: object) -> None:
    """Beside what the command answers, on standard error."""
    print(words(text, **facts), file=sys.stderr, flush=True)


def cannot_listen(address: str, error: OSError) -> int:
    """Say on standard error why a program cannot be reached at an address; returns the exit code."""
    from config.sentences import sentence_of_address

    return fail("cannot listen on {address}: {problem}", address=address, problem=sentence_of_address(error).told())


def fail(text: str, /, **facts: object) -> int:
    """Say on standard error why a command failed; returns the exit code."""
    print(f"motcua: {words(text, **facts)}", file=sys.stderr)
    return 1


def reason_of(error: Exception) -> str:
    """Why something failed, as a sentence for people."""
    from config.sentences import sentence_of_system
    from contract.told_error import ToldError
    from kiosk.domain.errors import DomainError

    if isinstance(error, ToldError):
        return words(error.reason, **error.facts)
    if isinstance(error, DomainError):
        return words(OF_DOMAIN.get(type(error).__name__, error.detail), **error.facts)
    if isinstance(error, OSError) and error.errno is not None:
        sentence = sentence_of_system(error).told()
        return f"{error.filename}: {sentence}" if error.filename is not None else sentence
    return words(str(error))


# Of refusals whose detail names what was typed: who typed it knows it.
OF_DOMAIN = {
    "UnknownPerson": "there is nobody of this name; see motcua admin list",
    "PersonExists": "somebody of this name is there already; see motcua admin list",
    "LastAdministrator": "this is the only administrator; add another one first",
    "UnknownCounter": "there is no such counter; see [[counter]] in the configuration",
    "UnknownPairing": "no device waits with this code; look at its screen, and ask for a new one after ten minutes",
    "Unauthorized": "this is not the password or the PIN of {name}; nothing was changed",
    "Forbidden": "that person is neither an administrator nor the head of this office",
    "UnknownEvent": "there is no event {seq}; the journal ends at {last}",
    "PlaceNotNamed": "say which place this device has ({places})",
    "AskedAlready": "somebody called this event wrong already",
    "TooMany": "too many wrong tries; wait a few minutes",
}
