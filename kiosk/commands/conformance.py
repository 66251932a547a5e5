"""`motcua sync conformance`: for the engineers of a one-stop system."""

from __future__ import annotations

import argparse

from kiosk.commands.common import fail, group


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = group(commands, "sync").add_parser(
        "conformance", help="check a receiver of the one-stop side against the contract",
        description="Sends made-up events of an invented office to the receiver and reads its answers; exit code 1 "
        "when a check fails. Point it at a test system.",
        epilog="example: motcua sync conformance --url https://mot-cua.example/events --token …",
    )  # fmt: skip
    parser.add_argument("--url", required=True, help="where batches are posted; its cursor is asked at URL/cursor")
    parser.add_argument("--token", default="", help="bearer token; without it the checks of authorization are left out")
    parser.add_argument("--hmac-secret", default="", help="secret of X-Signature")
    parser.add_argument("--ca-file", default="", metavar="FILE", help="certificates to trust, not the public ones")
    parser.add_argument("--office", default="motcua-thu", metavar="CODE", help="the invented office (%(default)s)")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=_conformance)


def _conformance(args: argparse.Namespace) -> int:
    from pydantic import TypeAdapter, ValidationError

    from config.base import UpstreamUrl
    from sync.conformance.probe import Target
    from sync.conformance.run import run

    try:
        url = TypeAdapter[str](UpstreamUrl).validate_python(args.url)
    except ValidationError as error:
        return fail(str(error.errors()[0]["msg"]).removeprefix("Value error, "))
    target = Target(url, args.office, args.token, args.hmac_secret, args.ca_file)
    return run(target, args.language, args.format, print)
