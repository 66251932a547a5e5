"""Every problem at once, each with file, section, key and a suggestion."""

from __future__ import annotations

import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest

from config.checks import exposures
from config.loading import ConfigurationError, build, guarded_sample_text, load, sample_text


def write(folder: Path, text: str) -> Path:
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sample_office_has_what_its_report_lists(tmp_path: Path) -> None:
    found = load(write(tmp_path, sample_text()))
    assert [c.code for c in found.counter] == ["1", "2", "3", "4", "5"]
    assert {s.code: s.letter for s in found.service} == {"HT": "A", "DD": "C", "VX": "H", "VP": "K", "KQ": "R"}
    assert len(found.officer) == 6 and found.office.seats == 15
    assert sum(device.role == "tablet" for device in found.device) == 5
    assert len(found.procedure) >= 35
    assert {p.certainty for p in found.procedure} == {"needs confirmation"}


def test_every_problem_is_reported_at_once_with_its_place() -> None:
    tables = tomllib.loads(sample_text())
    tables["office"]["nmae"] = "x"
    tables["server"]["bind"] = "nonsense"
    tables["counter"][0]["services"] = ["XX"]
    tables["survice"] = []
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    text = str(caught.value)
    assert "office.toml: office.nmae: không có khóa này, có phải là “name” không? hãy sửa tên khóa" in text
    assert "office.toml: server.bind:" in text
    assert "office.toml: survice: không có khóa này, có phải là “service” không? hãy sửa tên khóa" in text


def test_contradictions_between_sections_are_found_beside_a_misspelt_key() -> None:
    tables = tomllib.loads(sample_text())
    tables["office"]["nmae"] = "x"
    tables["counter"][0]["services"] = ["XX"]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    assert {problem.place for problem in caught.value.problems} == {"office.nmae", "counter[0].services"}


def test_the_environment_wins_and_is_named_when_it_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA__SERVER__BIND", "127.0.0.1:9999")
    monkeypatch.setenv("MOTCUA__PRINTER", '[{"name": "a", "url": "tcp://127.0.0.1:9100"}]')
    found = build(tomllib.loads(sample_text()), "office.toml")
    assert found.server.bind == "127.0.0.1:9999" and found.server.threads == 40
    assert [p.name for p in found.printer] == ["a"]
    monkeypatch.setenv("MOTCUA__SERVER__BIND", "nowhere")
    with pytest.raises(ConfigurationError, match="MOTCUA__SERVER__BIND"):
        build(tomllib.loads(sample_text()), "office.toml")


def test_plain_http_upstream_is_accepted_for_loopback_only() -> None:
    tables = tomllib.loads(sample_text())
    tables["sync"] = {"connector": [{"name": "tinh", "url": "http://127.0.0.1:9200/events"}]}
    build(tables, "office.toml")
    tables["sync"] = {"connector": [{"name": "tinh", "url": "http://192.168.1.2/events"}]}
    with pytest.raises(ConfigurationError, match="https"):
        build(tables, "office.toml")


@pytest.mark.parametrize("port", ["99999", "0", "-1", "abc"])
@pytest.mark.parametrize("key", ["url", "oauth_token_url"])
def test_an_upstream_address_has_a_port_that_there_is(key: str, port: str) -> None:
    tables = tomllib.loads(sample_text())
    connector = {"name": "tinh", "url": "https://a.example/events", "oauth_client_id": "x"}
    tables["sync"] = {"connector": [{**connector, "oauth_token_url": "https://a.example:8443/token"}]}
    build(tables, "office.toml")
    tables["sync"]["connector"][0][key] = f"https://a.example:{port}/events"
    with pytest.raises(
        ConfigurationError, match=rf"sync\.connector\[0\]\.{key}.*:{port}/.*hãy viết cổng từ 1 đến 65535"
    ):
        build(tables, "office.toml")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("tls_bind", "127.0.0.1:8080", r"server\.tls_bind.*trùng địa chỉ của bind; hãy cho mỗi khóa một cổng riêng"),
        ("public_bind", "127.0.0.1:8080", r"server\.public_bind.*trùng địa chỉ của bind"),
        ("staff_bind", "0.0.0.0:8080", r"server\.staff_bind.*trùng địa chỉ của bind"),
        ("tls_certificate", "/etc/ssl/office.pem", r"server\.tls_key.*đi cùng nhau"),
        ("trusted_proxies", ["nginx"], r"server\.trusted_proxies.*“nginx” không phải địa chỉ mạng"),
    ],
)
def test_doors_that_cannot_be_are_told(key: str, value: object, message: str) -> None:
    tables = tomllib.loads(sample_text())
    tables["server"][key] = value
    with pytest.raises(ConfigurationError, match=message):
        build(tables, "office.toml")


def test_doors_on_several_addresses_may_share_a_port() -> None:
    tables = tomllib.loads(sample_text())
    tables["server"] |= {"bind": "127.0.0.1:8443", "tls_bind": "192.168.1.5:8443", "staff_bind": "127.0.0.1:8444"}
    assert build(tables, "office.toml").server.tls_bind == "192.168.1.5:8443"


@pytest.mark.parametrize(
    ("server", "places"),
    [
        ({}, []),
        ({"bind": "[::1]:8080"}, []),
        ({"bind": "0.0.0.0:8080"}, ["server.bind", "server.staff_bind"]),
        ({"bind": "192.168.1.5:8080", "staff_bind": "0.0.0.0:8444"}, ["server.bind"]),
        ({"tls_bind": "0.0.0.0:8443"}, ["server.staff_bind"]),
        ({"tls_bind": "0.0.0.0:8443", "staff_bind": "0.0.0.0:8444"}, []),
    ],
)
def test_what_an_office_shows_to_its_network_is_remarked(server: dict[str, str], places: list[str]) -> None:
    tables = tomllib.loads(sample_text())
    tables["server"] |= server
    assert [place for place, _ in exposures(build(tables, "office.toml"))] == places


def test_the_guarded_sample_serves_the_network_by_tls_with_staff_apart() -> None:
    server = build(tomllib.loads(guarded_sample_text()), "office.toml").server
    assert (server.bind, server.tls_bind, server.staff_bind) == ("127.0.0.1:8080", "0.0.0.0:8443", "0.0.0.0:8444")
    assert build(tomllib.loads(sample_text()), "office.toml").server.staff_bind is None


def test_two_letters_that_a_slip_without_marks_cannot_tell_apart_are_not_both_used() -> None:
    tables = tomllib.loads(sample_text())
    tables["service"][0]["letter"], tables["service"][1]["letter"] = "D", "Đ"
    with pytest.raises(ConfigurationError, match=r"service\.letter: “D” và “Đ”"):
        build(tables, "office.toml")


@pytest.mark.parametrize("section", ["office", "sender", "to"])
def test_no_text_that_becomes_a_header_of_a_mail_holds_a_second_one(section: str) -> None:
    tables, second = tomllib.loads(sample_text()), "x@example.org\nBcc: y@example.org"
    mail = {"host": "mail.example.org", "sender": "x@example.org"}
    report = {"name": "daily", "format": "csv", "every": "day", "to": ["x@example.org"]}
    build({**tables, "schedule": {"mail": mail, "report": [report]}}, "office.toml")
    if section == "office":
        tables["office"]["name"] = second
    elif section == "sender":
        mail["sender"] = second
    else:
        report["to"] = [second]
    with pytest.raises(ConfigurationError):
        build({**tables, "schedule": {"mail": mail, "report": [report]}}, "office.toml")


@pytest.mark.parametrize("name", ["Quầy 2", " quầy  2 "])
def test_two_counters_of_one_name_are_refused(name: str) -> None:
    tables = tomllib.loads(sample_text())
    tables["counter"][0]["name"] = name
    with pytest.raises(ConfigurationError, match=r"counter\.name: “quầy 2” viết hai lần"):
        build(tables, "office.toml")


def test_only_what_is_gone_is_replaced_and_by_one_alone() -> None:
    tables = tomllib.loads(sample_text())
    tables["service"][0]["replaces"], tables["service"][1]["replaces"] = ["DD", "CT"], ["CT"]
    tables["counter"][0]["replaces"] = ["2", "9"]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    assert [str(problem.place) for problem in caught.value.problems] == [
        "service.replaces",
        "service[0].replaces",
        "counter[0].replaces",
    ]


def test_a_kiosk_gives_numbers_or_none() -> None:
    tables = tomllib.loads(sample_text())
    tables["printer"][0]["kiosks"] = ["kiosk-1"]
    tables["kiosk"]["information"] = ["look-up", "look-up", "kiosk-1"]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    assert [line.split("“")[1].split("”")[0] for line in caught.value.told("en").splitlines() if "twice" in line] == [
        "look-up",
        "kiosk-1",
    ]


def test_names_are_shown_of_plain_fields_of_this_office_only() -> None:
    tables = tomllib.loads(sample_text())
    tables["office"]["masked_names"] = ["Đất đai", "Nuôi con nuôi", "Giảm nghèo", "Vũ trụ"]
    tables["service"][1]["sensitive_fields"] = ["Hộ tịch"]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "office.toml")
    lines = caught.value.told("en").splitlines()
    wrong = [line.split("“")[1].split("”")[0] for line in lines if "a field" in line]
    assert wrong == ["Nuôi con nuôi", "Giảm nghèo", "Vũ trụ"]
    assert "service[1].sensitive_fields: “Hộ tịch” không có trong fields" in str(caught.value)


@pytest.mark.parametrize("url", ["https://xã.vn", "mc.bavi.vn", "https://mc bavi.vn"])
def test_an_address_that_no_slip_can_carry_is_found_at_the_start(url: str) -> None:
    tables = tomllib.loads(sample_text())
    tables["server"]["public_url"] = url
    with pytest.raises(ConfigurationError, match=r"server\.public_url.*http"):
        build(tables, "office.toml")


def test_secrets_may_stand_in_a_second_file(tmp_path: Path) -> None:
    text = sample_text().replace('# secrets = "secrets.toml"', 'secrets = "secrets.toml"')
    (tmp_path / "secrets.toml").write_text('[sync]\ntoken = "quiet"\n', encoding="utf-8")
    assert load(write(tmp_path, text)).sync.token == "quiet"


def test_a_file_that_is_missing_or_not_toml_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="không đọc được: không có tệp hoặc thư mục này"):
        load(tmp_path / "none.toml")
    with pytest.raises(ConfigurationError, match="tên phần chưa đóng"):
        load(write(tmp_path, "[office"))


def test_a_bundle_names_a_connector_that_there_is_and_keys_that_are_keys() -> None:
    text = sample_text() + '\n[sync.bundle]\nconnector = "tinh"\ntrusted_keys = ["ed25519:abc"]\nfolower = "usb"\n'
    with pytest.raises(ConfigurationError) as caught:
        build(tomllib.loads(text), "office.toml")
    assert "có phải là “follower” không?" in str(caught.value) and "trusted_keys" in str(caught.value)
    right = text.replace("ed25519:abc", f"ed25519:{'A' * 43}").replace("folower", "follower")
    with pytest.raises(ConfigurationError) as caught:
        build(tomllib.loads(right), "office.toml")
    assert [p.place for p in caught.value.problems] == ["sync.bundle.connector"]
    connector = '\n[[sync.connector]]\nname = "tinh"\nurl = "https://mot-cua.example/events"\n'
    assert build(tomllib.loads(right + connector), "office.toml").sync.bundle.part_mib == 32
    with pytest.raises(ConfigurationError, match="là tên của một"):
        build(tomllib.loads(right.replace('"usb"', '"tinh"') + connector), "office.toml")


def test_a_connector_does_not_take_the_name_of_a_webhook() -> None:
    tables = tomllib.loads(sample_text())
    tables["sync"] = {"connector": [{"name": "webhook-tinh", "url": "http://127.0.0.1:9200/events"}]}
    with pytest.raises(ConfigurationError, match="hãy chọn tên khác"):
        build(tables, "office.toml")


def test_a_text_is_loaded_in_one_way_of_writing_its_letters(tmp_path: Path) -> None:
    """A configuration typed on another system has letters and marks apart; what is compared later is the same."""
    plain = load(write(tmp_path, sample_text()))
    assert load(write(tmp_path, normalize("NFD", sample_text()))) == plain
