"""`motcua sync conformance`: for the engineers of a one-stop system."""

from __future__ import annotations

import argparse

from kiosk.commands.common import group
from kiosk.commands.speech import fail

# of a connector's section: key, what stands for its value, what it is
KEYS = (
    ("token", "TOKEN", "bearer token; without any token the checks of authorization are left out"),
    ("hmac_secret", "SECRET", "secret of X-Signature"),
    ("ca_file", "FILE", "certificates to trust, not the public ones"),
    ("client_certificate", "FILE", "our certificate, for a receiver that demands one"),
    ("client_key", "FILE", "its key, when that lies in a file of its own"),
    ("proxy", "URL", "http://HOST:PORT or http://USER:PASSWORD@HOST:PORT"),
    ("oauth_token_url", "URL", "where a token is fetched (OAuth2 client credentials), in place of --token"),
    ("oauth_client_id", "ID", "who asks for the token"),
    ("oauth_client_secret", "SECRET", "the secret of that client"),
    ("oauth_scope", "SCOPE", "the scope that is asked for"),
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = group(commands, "sync").add_parser(
        "conformance",
        help="check a receiver of the one-stop side against the contract",
        description="Sends made-up events of an invented office to the receiver and reads its answers; exit code 1 "
        "when a check fails. Point it at a test system.",
        epilog="example: motcua sync conformance --url https://mot-cua.example/events --token …",
    )
    parser.add_argument("--url", required=True, help="where batches are posted; its cursor is asked at URL/cursor")
    for key, metavar, text in KEYS:
        parser.add_argument(f"--{key.replace('_', '-')}", default=argparse.SUPPRESS, metavar=metavar, help=text)
    parser.add_argument("--office", default="motcua-thu", metavar="CODE", help="the invented office (%(default)s)")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=_conformance)


def _conformance(args: argparse.Namespace) -> int:
    from pydantic import ValidationError

    from config.sentences import sentence_of
    from sync.receiver.conformance.probe import target
    from sync.receiver.conformance.run import run

    try:
        receiver = target(args.url, args.office, **{key: getattr(args, key) for key, _, _ in KEYS if key in args})
    except ValidationError as error:
        problem = error.errors()[0]
        place = "".join(f"--{key}: ".replace("_", "-") for key in problem["loc"])
        return fail(place + sentence_of(dict(problem)).told(args.language))
    return run(receiver, args.language, args.format, print)
