"""What the one-stop side remembers of bundles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sync.receiver.bundle_store import MOST_READ, BundleStore, ReadAttempt


def test_keys_are_kept_once_each_by_office() -> None:
    store = BundleStore(None)
    for office, key in (("ba-vi", "k1"), ("ba-to", "k2"), ("ba-vi", "k3"), ("ba-vi", "k1")):
        store.add_key(office, key)
    assert sorted(store.registered_keys()) == [("ba-to", "k2"), ("ba-vi", "k1"), ("ba-vi", "k3")]
    assert [office for office, _ in store.registered_keys()] == ["ba-to", "ba-vi", "ba-vi"]
    store.close()


def test_answers_are_counted_within_an_epoch_of_the_database(tmp_path: Path) -> None:
    tmp_path = tmp_path / "a" / "b"
    store = BundleStore(tmp_path)
    epoch, serial = store.next_answer()
    assert serial == 1 and store.next_answer() == (epoch, 2)
    store.close()
    again = BundleStore(tmp_path)
    assert again.next_answer() == (epoch, 3)
    again.close()
    other = BundleStore(None)
    assert other.next_answer()[0] != epoch
    other.close()


def test_the_log_tells_the_newest_first_and_each_office_its_own() -> None:
    store = BundleStore(None)
    store.record(ReadAttempt("ba-vi", "b1", "e1", 0, 12, True), "taken", "sự kiện 1 đến 12")
    store.record(ReadAttempt(), "not-a-bundle", "tệp khác")
    store.record(ReadAttempt("ba-to", "b2"), "unknown-key", "khóa lạ")
    assert [row["code"] for row in store.read_log()] == ["unknown-key", "not-a-bundle", "taken"]
    assert store.read_log("ba-vi") == [
        {
            "office": "ba-vi",
            "bundle": "b1",
            "epoch": "e1",
            "after": 0,
            "through": 12,
            "whole": 1,
            "code": "taken",
            "reason": "sự kiện 1 đến 12",
        }
    ]
    store.close()


def test_an_answer_tells_the_last_fifty_bundles() -> None:
    store = BundleStore(None)
    for number in range(MOST_READ + 5):
        store.record(ReadAttempt("ba-vi", f"b{number}"), "old", "")
    assert [row["bundle"] for row in store.read_log("ba-vi")][:2] == ["b54", "b53"]
    assert not store.read_log("ba-vi")[0]["whole"]
    assert len(store.read_log("ba-vi")) == MOST_READ == 50
    store.close()


def test_a_bundle_counts_as_read_only_when_it_was_taken_to_the_same_event() -> None:
    store = BundleStore(None)
    store.record(ReadAttempt("ba-vi", "b1", "e1", 0, 12, True), "taken", "")
    store.record(ReadAttempt("ba-vi", "b2", "e1", 12, 15, True), "gap", "")
    assert store.was_taken("b1", 12)
    assert not any(store.was_taken(bundle, through) for bundle, through in (("b1", 11), ("b2", 15), ("b3", 12)))
    store.close()


def test_the_version_of_dossiers_belongs_to_one_epoch_of_the_database() -> None:
    store = BundleStore(None)
    assert store.dossier_version("ba-vi", "x") == 0
    store.set_dossier_version("ba-vi", "x", 7)
    assert (store.dossier_version("ba-vi", "x"), store.dossier_version("ba-to", "x")) == (7, 0)
    store.set_dossier_version("ba-vi", "y", 2)
    assert (store.dossier_version("ba-vi", "y"), store.dossier_version("ba-vi", "x")) == (2, 0)
    store.close()


def test_the_threads_of_a_web_server_share_one_store() -> None:
    store = BundleStore(None)
    with ThreadPoolExecutor(4) as pool:
        serials = [serial for _, serial in pool.map(lambda _: store.next_answer(), range(20))]
    assert sorted(serials) == list(range(1, 21))
    store.close()
