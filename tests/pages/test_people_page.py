"""Who works here: each role sees what it may use, and whoever administers adds persons and clerks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.persons import PersonRole
from kiosk.domain.totp import totp_code
from kiosk.store.credentials import hash_secret
from tests.pages.conftest import Opener, RunningOffice

PASSWORD = "mùa xuân ở Ba Vì"
SignedIn = Callable[..., Page]
SECTIONS = {
    "admin": [
        *("Thống kê", "Báo cáo", "Thiết bị", "Máy in", "Sổ ghi", "Lời bà con", "Đính chính", "Hồ sơ"),
        *("Gửi lên tỉnh", "Máy và dữ liệu", "Nhân sự", "Giọng đọc"),
    ],
    "head": ["Thống kê", "Báo cáo", "Sổ ghi", "Lời bà con", "Đính chính", "Nhân sự"],
    "technician": ["Thiết bị", "Máy in", "Gửi lên tỉnh", "Máy và dữ liệu", "Giọng đọc"],
    "reader": ["Thống kê", "Báo cáo"],
}
NAMES: dict[PersonRole, str] = {
    "admin": "Nguyễn Thị Mai",
    "head": "Trần Văn Bảo",
    "technician": "Lê Kỹ",
    "reader": "Phạm Xem",
}


@pytest.fixture
def signed_in(running: RunningOffice, open_page: Opener) -> SignedIn:
    """signed_in(role): the page of a person who has that role and signed in."""
    secret = hash_secret(PASSWORD)
    with running.story.app.store.writing() as tables:
        for role, name in NAMES.items():
            tables.persons.add(name, secret, role)

    def opened(role: PersonRole, section: str = "", width: int = 1366, height: int = 768) -> Page:
        page = open_page(f"{running.address}/admin{section}", width, height)
        page.fill("#name", NAMES[role])
        page.fill("#password", PASSWORD)
        page.click(".entry .primary")
        page.wait_for_selector("nav")
        return page

    return opened


@pytest.mark.parametrize("role", list(SECTIONS))
def test_each_role_sees_what_it_may_use_and_every_section_of_it_opens(signed_in: SignedIn, role: PersonRole) -> None:
    page = signed_in(role)
    links = page.locator("nav a")
    expect(links).to_have_text(SECTIONS[role])
    expect(page.locator("nav > span")).to_contain_text(NAMES[role])
    refused = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status in {401, 403} else None)
    for words in SECTIONS[role]:
        if words == "Giọng đọc":
            continue
        links.filter(has_text=words).click()
        expect(page.locator("nav a.now")).to_have_text(words)
        expect(page.locator(".room h1")).to_be_visible()
    assert refused == [], "nothing is asked for that the role may not have"


def test_a_section_of_another_role_says_so_kindly(signed_in: SignedIn) -> None:
    page = signed_in("reader", "#journal")
    expect(page.locator(".nothing h2")).to_have_text("Mục Sổ ghi không thuộc vai trò của bạn")
    expect(page.locator(".nothing p")).to_contain_text("vai trò Người xem báo cáo")


def test_a_reader_changes_no_remark(signed_in: SignedIn) -> None:
    page = signed_in("reader", "#reports")
    expect(page.locator(".ordering")).to_be_visible()
    expect(page.locator(".remarks")).to_have_count(0)


def test_a_person_is_added_signs_in_and_is_disabled(signed_in: SignedIn, running: RunningOffice) -> None:
    page = signed_in("admin", "#people")
    page.click("text=Thêm người")
    page.fill("#ask-name", "Đinh Thị Lan")
    page.select_option("#ask-role", "technician")
    page.fill("#ask-password", "ngắn")
    page.click("dialog .primary")
    expect(page.locator("dialog .said")).to_have_text("Ngắn quá hoặc quá dễ đoán. Xin chọn cái khác.")
    page.fill("#ask-password", f" {PASSWORD} ")
    page.click("dialog .primary")
    row = page.locator(".persons tr", has_text="Đinh Thị Lan")
    expect(row).to_contain_text("Kỹ thuật viên")
    body = {"name": "Đinh Thị Lan", "password": f" {PASSWORD} "}  # as it was typed
    token = running.story.send("POST", "/api/v1/admin/session", None, body).json["token"]
    row.locator("text=Tạm khoá").click()
    page.click("dialog .primary")
    expect(row).to_contain_text("Không được đăng nhập")
    bearer = {"Authorization": f"Bearer {token}"}
    assert running.story.send("GET", "/api/v1/devices", None, **bearer).status_code == 401
    own = page.locator(".persons tr", has_text=NAMES["admin"])
    expect(own).to_contain_text("chính bạn")
    expect(own.locator("button")).to_have_count(0)


def test_the_head_adds_a_clerk_and_sees_where_she_sits(signed_in: SignedIn, running: RunningOffice) -> None:
    page = signed_in("head", "#people")
    expect(page.locator(".people h2")).to_have_text(["Cán bộ tại quầy"])
    page.click("text=Thêm cán bộ")
    page.fill("#ask-name", "Vũ Thị Hà")
    page.fill("#ask-pin", "4827")
    page.click("dialog .primary")
    row = page.locator(".persons tr", has_text="Vũ Thị Hà")
    expect(row).to_contain_text("Chưa đăng nhập")
    running.send("POST", "/api/v1/session", "counter", {"clerk": "Vũ Thị Hà", "pin": "4827"}, counter="1")
    expect(row).to_contain_text("Quầy 1")
    row.locator("text=Đã nghỉ").click()
    page.click("dialog .primary")
    expect(row).to_contain_text("Không được đăng nhập")
    page.click("nav a[href='#journal']")
    told = page.locator(".events tr", has_text="Vũ Thị Hà: thêm cán bộ")
    expect(told).to_contain_text(NAMES["head"])


def test_somebody_guessing_is_told_to_the_head_over_every_section(signed_in: SignedIn, running: RunningOffice) -> None:
    page = signed_in("head")
    expect(page.locator(".guessing")).to_have_count(0)
    for _ in range(5):
        body = {"name": NAMES["admin"], "password": "guessed"}
        assert running.story.send("POST", "/api/v1/admin/session", None, body).status_code == 401
    expect(page.locator(".guessing")).to_contain_text("Có người đang dò")
    page.click("nav a[href='#reports']")
    expect(page.locator(".guessing")).to_be_visible()


def test_ones_own_telephone_is_asked_for_after_a_code_of_it_was_right(
    signed_in: SignedIn, running: RunningOffice
) -> None:
    page = signed_in("head")
    page.click("nav .out >> text=Mã trên điện thoại")
    expect(page.locator("dialog .qr")).to_be_visible()
    secret = page.locator("dialog .soft").inner_text().partition(":")[2].replace(" ", "")
    page.fill("#present", "somebody's guess")
    page.fill("#telephone", totp_code(secret, running.story.clock.now_ms() // 30_000))
    page.click("dialog .primary")
    expect(page.locator("dialog .said")).to_have_text("Mật khẩu hoặc mã hiện tại không đúng.")
    page.fill("#present", PASSWORD)
    page.fill("#telephone", "000000")
    page.click("dialog .primary")
    expect(page.locator("dialog .said")).to_contain_text("Mã không đúng")
    page.fill("#telephone", totp_code(secret, running.story.clock.now_ms() // 30_000))
    page.click("dialog .primary")
    expect(page.locator("#code")).to_be_visible()
    refused = running.story.send("POST", "/api/v1/admin/session", None, {"name": NAMES["head"], "password": PASSWORD})
    assert refused.status_code == 401


def test_signing_out_ends_the_session_for_the_service_too(signed_in: SignedIn, running: RunningOffice) -> None:
    page = signed_in("reader")
    token = page.evaluate("localStorage.getItem('motcua.admin')")
    page.click("nav .out >> text=Đăng xuất")
    expect(page.locator("#name")).to_be_visible()
    bearer = {"Authorization": f"Bearer {token}"}
    assert running.story.send("GET", "/api/v1/statistics", None, **bearer).status_code == 401


def test_one_person_calls_a_line_wrong_and_another_agrees(signed_in: SignedIn, running: RunningOffice) -> None:
    running.story.take_number()
    page = signed_in("admin", "#journal")
    page.locator(".events tr", has_text="Cấp số A001").locator("text=báo sai").click()
    page.select_option("#ask-reason", "wrong-service")
    page.click("dialog .primary")
    waiting = page.locator(".corrections").first.locator("tbody tr")
    expect(waiting).to_contain_text("sai dịch vụ")
    expect(waiting.locator("button")).to_have_text(["Rút lại"])
    page.click("text=Đăng xuất")
    page = signed_in("head", "#corrections")
    waiting = page.locator(".corrections").first.locator("tbody tr")
    expect(waiting).to_contain_text(NAMES["admin"])
    waiting.locator("text=Đồng ý").first.click()
    page.click("dialog .primary")
    expect(waiting).to_have_count(0)
    expect(page.locator(".corrections").last.locator("tbody tr")).to_contain_text(f"{NAMES['admin']}, {NAMES['head']}")


def test_a_technician_makes_a_backup_and_sees_what_to_see_to(signed_in: SignedIn) -> None:
    page = signed_in("technician", "#machine")
    expect(page.locator(".backups")).to_contain_text("Bản sao lưu gần nhất: chưa có")
    page.click("text=Sao lưu ngay")
    expect(page.locator(".backups tr")).to_have_count(1)
    expect(page.locator(".backups tr")).to_contain_text("có chữ ký")
    page.click("text=Kiểm tra mọi thứ")
    expect(page.locator(".findings li").first).to_be_visible(timeout=30_000)
    expect(page.locator(".findings li .mark.look, .findings li .mark.broken").first).to_be_visible()


def test_a_person_is_signed_out_when_nobody_touches_the_page_for_half_an_hour(
    signed_in: SignedIn, running: RunningOffice
) -> None:
    page = signed_in("reader")
    page.clock.install()
    page.reload()
    page.wait_for_selector("nav")
    page.clock.fast_forward("20:00")
    page.mouse.click(5, 5)
    page.clock.fast_forward("20:00")
    expect(page.locator("nav")).to_be_visible()
    page.clock.fast_forward("11:00")
    expect(page.locator(".entry #password")).to_be_visible()
    with running.story.app.store.reading() as reading:
        assert reading.person_sessions.all() == []
