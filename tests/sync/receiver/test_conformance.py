"""The conformance test passes who keeps the contract and names what others get wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from kiosk.cli import main
from sync.receiver.conformance import bounds as conformance_bounds
from sync.receiver.conformance import checks as conformance_checks
from sync.receiver.conformance import order as conformance_order
from sync.receiver.conformance import probe as conformance_probe
from sync.receiver.conformance import run as conformance
from sync.receiver.conformance.probe import target
from sync.receiver.conformance.run import CHECKS, REACHED, run_checks
from sync.simulator.onestop import OneStop
from sync.wording import translate
from tests.sync.sample_receiver import Receiver

ALL = {check.code for check in CHECKS}


@pytest.fixture
def receiver() -> Iterator[Callable[..., Receiver]]:
    made: list[Receiver] = []

    def make(*faults: str, **more: str) -> Receiver:
        made.append(Receiver(*faults, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def failing(url: str, **more: str) -> set[str]:
    return {result.code for result in run_checks(target(url, "motcua-thu", **more)) if result.outcome == "fail"}


def test_our_own_simulated_one_stop_system_keeps_the_contract() -> None:
    province = OneStop(token="mã bí mật".encode().hex())
    url = f"http://127.0.0.1:{province.start()}/events"
    try:
        results = list(run_checks(target(url, "motcua-thu", token="mã bí mật".encode().hex())))
        assert [f.code for f in results if f.outcome != "pass"] == ["signature"]
        assert len(results) == len(CHECKS) + 1 >= 27
        assert failing(url, token="mã bí mật".encode().hex()) == set()  # and again, on a database that is used
    finally:
        province.stop()


def test_our_own_simulated_one_stop_system_passes_every_check_when_both_have_the_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    province = OneStop(token="geheim", hmac_secret="chữ ký")
    url = f"http://127.0.0.1:{province.start()}/events"
    told = ["sync", "conformance", "--url", url, "--token", "geheim", "--format", "json", "--hmac-secret"]
    try:
        assert main([*told, "chữ ký"]) == 0
        counts = json.loads(capsys.readouterr().out)["counts"]
        assert counts == {"pass": len(CHECKS) + 1, "fail": 0, "not checked": 0}
        assert main([*told, "khác"]) == 1
    finally:
        province.stop()


def test_a_receiver_written_from_the_document_alone_keeps_the_contract(receiver: Callable[..., Receiver]) -> None:
    one = receiver(token="geheim", secret="chữ ký")
    results = list(run_checks(target(one.url, "motcua-thu", token="geheim", hmac_secret="chữ ký")))
    assert [(f.code, f.outcome) for f in results if f.outcome != "pass"] == [("dossiers", "not checked")]
    assert all(len(events) == events[-1]["seq"] for events in one.held.values() if events)


@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ("counts", {"repeated", "overlap", "doubled"}),
        ("unique constraint", {"repeated", "overlap"}),
        ("holes", {"gap"}),
        ("overwrites", {"rival"}),
        ("no hash", {"content"}),
        ("no chain", {"chain", "rival"}),
        ("trusts the envelope", {"envelope"}),
        ("mixed is 500", {"one-source"}),
        ("one cursor", {"epochs"}),
        ("closes old epochs", {"epochs"}),
        ("no gzip", {"gzip"}),
        ("small", {"full-batch"}),
        ("bursts", {"too-large"}),
        ("known types", {"new-types"}),
        ("normalises", {"text"}),
        ("crashes", {"malformed"}),
        ("shallow", {"malformed"}),
        ("open", {"no-token", "signature"}),
        ("open cursor", {"no-token"}),
        ("unsigned", {"signature"}),
        ("unknown is 404", {"unknown-source"}),
        ("hash of the batch", {"receipt", "cursor", "in-pieces"}),
        ("portal", ALL - {"dossiers"} | {"unknown-source"}),
    ],
)
def test_each_mistake_is_named(fault: str, codes: set[str], receiver: Callable[..., Receiver]) -> None:
    one = receiver(fault, token="geheim", secret="s")
    results = failing(one.url, token="geheim", hmac_secret="s")
    assert codes <= results
    if fault in EXACT:
        assert results == codes


EXACT = {
    "mixed is 500",
    "no gzip",
    "overwrites",
    "no hash",
    "no chain",
    "small",
    "bursts",
    "known types",
    "normalises",
    "crashes",
    "shallow",
    "open",
    "open cursor",
    "unsigned",
}


@pytest.mark.parametrize("mode", ["500", "html", "empty", "truncate", "wrong_hash", "wrong_epoch", "big", "hang"])
def test_each_misbehaviour_of_the_simulated_system_is_seen(
    mode: str, province: OneStop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conformance_probe, "READ_S", 0.2)
    province.fail(mode, seconds=0.4)
    results = failing(f"http://127.0.0.1:{province.port}/events")
    assert {"receipt", "repeated", "epochs", "gzip", "text"} <= results and "unknown-source" not in results


@pytest.mark.parametrize(("mode", "options"), [("partial", {"count": 3}), ("partial", {}), ("refuse", {"seq": 2})])
def test_what_the_contract_allows_is_no_failure(mode: str, options: dict[str, int], province: OneStop) -> None:
    province.fail(mode, **options)
    assert failing(f"http://127.0.0.1:{province.port}/events") == set()


def test_a_receiver_that_does_not_answer_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "conformance", "--url", "http://127.0.0.1:9/events"]) == 1
    shown = capsys.readouterr().out
    assert shown.count("✗") == 1 and "đã thấy: không có câu trả lời: " in shown
    assert "0 mục đạt, 1 mục không đạt" in shown


def test_plain_http_to_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "conformance", "--url", "http://mot-cua.example/events"]) == 1
    assert "https://" in capsys.readouterr().err


def test_the_table_says_what_the_contract_says_and_what_was_seen(
    receiver: Callable[..., Receiver], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    one = receiver("holes")
    assert main(["sync", "conformance", "--url", one.url]) == 1
    lines = capsys.readouterr().out.splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("✗ gap"))
    assert "Sự kiện sau một chỗ trống" in lines[place] and max(map(len, lines)) <= 120
    assert lines[place + 1].strip() == "đã thấy: accepted_through là 8, cần 3"
    assert main(["sync", "conformance", "--url", receiver().url, "--format", "json", "--language", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"pass": len(CHECKS) - 2, "fail": 0, "not checked": 3}
    assert report["findings"][0] == {"code": "reachable", "outcome": "pass", "contract": REACHED.contract, "seen": ""}


def test_every_check_is_told_in_vietnamese() -> None:
    for check in (*CHECKS, REACHED):
        assert translate(check.contract) != check.contract, check.contract
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    modules = (conformance, conformance_checks, conformance_order, conformance_bounds)
    facts = dict.fromkeys(("seq", "epoch", "status", "problem", "wanted", "seen", "passed", "failed", "left"), "x")
    for module in modules:
        for name, text in vars(module).items():
            if name.isupper() and isinstance(text, str) and name != "TEXT" and " " in text:
                assert translate(text, **facts) != translate(text, "en", **facts), text
