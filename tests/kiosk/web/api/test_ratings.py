"""Ratings over HTTP: who may rate, and what a counter can never do."""

from __future__ import annotations

from typing import Any

from tests.office import OfficeStory

ANSWER = {"attitude": "satisfied"}


def served(office: OfficeStory, role: str = "kiosk") -> dict[str, Any]:
    """A ticket as it was issued, whose service at counter 1 has just ended."""
    ticket: dict[str, Any] = office.send("POST", "/api/v1/tickets", role, {"service": "HT"}).json
    office.send("POST", "/api/v1/counters/1/call-next", "counter", {})
    office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {})
    return ticket


def token_path(ticket: dict[str, Any]) -> str:
    return f"/api/v1/public/tickets/{ticket['public_token']}/rating-token"


def test_a_phone_rates_once_with_its_token_and_explains_itself(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    given = small_office.send("POST", token_path(ticket), None, {}).json
    assert (given["number"], given["service"], given["counter"], given["language"]) == ("A001", "HT", "1", "vi")
    body = {name: given[name] for name in ("ticket", "rating_token")} | {"answers": ANSWER}
    rating = small_office.send("POST", "/api/v1/ratings", None, body).json["id"]
    again = small_office.send("POST", "/api/v1/ratings", None, body)
    assert (again.status_code, again.json["code"]) == (409, "already-rated")
    path = f"/api/v1/ratings/{rating}/reasons"
    assert small_office.send("PUT", path, None, {"reasons": ["long_wait"]}).status_code == 404
    proof = {"rating_token": given["rating_token"]}
    assert small_office.send("PUT", path, None, {"reasons": ["long_wait"], **proof}).status_code == 200
    remark = small_office.send("PUT", f"/api/v1/ratings/{rating}/remark", None, {"text": "đợi lâu", **proof})
    assert remark.status_code == 204
    assert "đợi lâu" not in str(small_office.events())


def test_a_rating_that_lay_on_a_tablet_for_days_is_counted_as_late_on_the_day_of_its_visit(
    small_office: OfficeStory,
) -> None:
    ticket = served(small_office)
    ago = 3 * 24 * 3600
    small_office.clock.passes(ago)
    served(small_office)  # the tablet's counter has served others meanwhile
    body = {"ticket": ticket["id"], "answers": ANSWER, "tapped_ms_ago": ago * 1000}
    assert small_office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 400
    late = small_office.send("POST", "/api/v1/ratings", "tablet", {**body, "late": True}, counter="1")
    assert late.status_code == 201, late.text
    [event] = [one for one in small_office.events() if one["type"] == "rating.submitted"]
    assert (event["data"]["number"], event["data"]["late"]) == (ticket["number"], True)
    for period in ("2024-04-15", "2024-04-18"):
        report = small_office.send(
            "GET", f"/api/v1/reports/satisfaction?from={period}&to={period}&format=json", "report"
        )
        assert ("Trong đó 1 phiếu" in report.text) == (period == "2024-04-15"), report.text


def test_reasons_and_words_that_lay_on_a_phone_for_days_are_taken(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    given = small_office.send("POST", token_path(ticket), None, {}).json
    own = {"rating_token": given["rating_token"]}
    body = {"ticket": ticket["id"], "answers": ANSWER, **own}
    rating = small_office.send("POST", "/api/v1/ratings", None, body).json["id"]
    small_office.clock.passes(3 * 24 * 3600)
    waited = {"given_ms_ago": 3 * 24 * 3600_000}
    reasons, remark = f"/api/v1/ratings/{rating}/reasons", f"/api/v1/ratings/{rating}/remark"
    assert small_office.send("PUT", reasons, None, {"reasons": ["long_wait"], **own}).json["code"] == "too-late"
    assert small_office.send("PUT", reasons, None, {"reasons": ["long_wait"], **own, **waited}).status_code == 200
    assert small_office.send("PUT", remark, None, {"text": "đợi lâu", **own, **waited}).status_code == 204
    [event] = [one for one in small_office.events() if one["type"] == "rating.reasons_given"]
    assert (event["data"]["reasons"], event["data"]["late"]) == (["long_wait"], True)


def test_a_rating_of_the_same_day_says_nothing_of_being_late(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    body = {"ticket": ticket["id"], "answers": ANSWER}
    assert small_office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 201
    assert "late" not in next(one for one in small_office.events() if one["type"] == "rating.submitted")["data"]


def test_a_counter_never_gets_a_rating_token(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    refused = small_office.send("POST", token_path(ticket), "counter", {}, counter="1")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    number = {"number": ticket["number"]}
    assert small_office.send("POST", "/api/v1/ratings/token", "counter", number).status_code == 403
    body = {"ticket": ticket["id"], "answers": ANSWER}
    assert small_office.send("POST", "/api/v1/ratings", "counter", body).status_code == 403
    assert not small_office.ticket(ticket["id"]).rated


def test_a_number_taken_at_a_counter_does_not_tell_it_the_phones_address(small_office: OfficeStory) -> None:
    ticket = served(small_office, role="counter")
    assert (ticket["public_token"], ticket["follow_url"]) == (None, None)


def test_a_kiosk_rates_by_the_number_of_a_slip_and_may_not_guess_on(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    given = small_office.send("POST", "/api/v1/ratings/token", "kiosk", {"number": ticket["number"]}).json
    body = {name: given[name] for name in ("ticket", "rating_token")} | {"answers": ANSWER}
    assert small_office.send("POST", "/api/v1/ratings", "kiosk", body).status_code == 201
    tries = [small_office.send("POST", "/api/v1/ratings/token", "kiosk", {"number": f"A9{n:02}"}) for n in range(6)]
    assert [one.status_code for one in tries] == [404] * 5 + [429]
    looked = small_office.send("GET", "/api/v1/dossiers/000.00.53.H48-240410-9999", "kiosk")
    assert looked.status_code == 404, "who looks up a dossier pays for nobody's numbers"


def test_a_phone_follows_the_queue_without_signing_in(small_office: OfficeStory) -> None:
    ticket = served(small_office)
    answer = small_office.send("GET", f"/api/v1/public/stream/{ticket['public_token']}", None)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert small_office.send("GET", "/api/v1/public/stream/111111111111", None).status_code == 404


def test_whoever_heads_the_office_reads_words_without_number_or_name_and_nobody_who_serves(
    small_office: OfficeStory,
) -> None:
    for words in ("đợi lâu quá", "cán bộ tốt bụng"):
        ticket = served(small_office)
        body = {"ticket": ticket["id"], "answers": ANSWER, "comment": words}
        assert small_office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 201
        small_office.clock.passes(60)
    answer = small_office.send("GET", "/api/v1/admin/comments", "admin")
    first, second = answer.json["comments"]
    assert (first["text"], second["text"]) == ("cán bộ tốt bụng", "đợi lâu quá")
    assert (first["day"], first["service"], first["counter"]) == ("2024-04-15", "HT", "1")
    assert first["level"] == "satisfied" and answer.json["kept_days"] == 30
    assert "A001" not in answer.text and set(first) == {"at", "day", "service", "counter", "level", "text", "spoken"}
    for role in ("counter", "tablet", "kiosk", "report", "sync", "board"):
        assert small_office.send("GET", "/api/v1/admin/comments", role).status_code == 403
