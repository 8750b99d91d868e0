"""The student system's interface: what it may do, what it may not, and that nothing is done twice."""

from http import HTTPStatus
from typing import Any

import pytest

from issuer.adapters.rate_limits import Limit, MemoryRateLimits
from issuer.errors import RefusedError
from issuer.ports.limits import LimitedAct
from issuer.ports.systems import Scope
from issuer.samples import sample_files
from issuer.services.orders import approve_order
from issuer.services.programs import end_program, new_program
from tests.functional.cli.running import Cli, rows
from tests.functional.web.student.conftest import Sis, sis

CANDIDATES = dict(sample_files())["candidats.csv"]
ARGUMENTS = "?certification=RNCP35080&name=candidats.csv"


def test_a_record_that_is_only_checked_writes_nothing_and_says_all(fresh: Sis) -> None:
    answer = fresh.post(f"/records{ARGUMENTS}&check=1", data=CANDIDATES, content_type="text/csv")
    assert answer.status_code == HTTPStatus.OK
    assert answer.json is not None
    assert (answer.json["kind"], answer.json["accepted"], answer.json["written"]) == ("candidates", 12, False)
    with fresh.office.store.reading() as registry:
        assert not registry.record("RNCP35080").candidates


def test_a_record_handed_in_twice_is_taken_in_once_and_its_author_is_the_program(fresh: Sis) -> None:
    first = fresh.post(f"/records{ARGUMENTS}", data=CANDIDATES, content_type="text/csv")
    again = fresh.post(f"/records{ARGUMENTS}", data=CANDIDATES, content_type="text/csv")
    assert first.json is not None
    assert again.json is not None
    assert (first.json["written"], again.json["written"], again.json["repeated"]) == (True, False, True)
    with fresh.office.store.reading() as registry:
        entry = registry.audit_entries()[-1]
    assert (entry.actor, entry.action) == ("program:scolarite-si", "record.imported")


def test_json_rows_give_the_errors_that_the_same_file_gives(student: Sis) -> None:
    row = {
        "session": "S2024-06",
        "date_decision": "31/02/2024",
        "id_candidat": "INCONNU",
        "nom": "Personne",
        "prenoms": "Aucune",
        "composant": "RNCP35080BC09",
        "decision": "peut-être",
        "reference_pv": "x",
    }
    as_csv = (",".join(row) + "\r\n" + ",".join(row.values()) + "\r\n").encode()
    from_json = student.post("/records?certification=RNCP35080&check=1", json={"rows": [row]})
    from_csv = student.post("/records?certification=RNCP35080&check=1", data=as_csv, content_type="text/csv")
    assert from_json.json is not None
    assert from_csv.json is not None
    assert from_json.json["rows"] == from_csv.json["rows"]
    assert from_json.json["refused"] == 1


def test_refused_rows_stop_a_record_unless_the_good_ones_are_asked_for(student: Sis) -> None:
    name = "id_candidat,date_annulation,composants,auteur,motif,reference\r\n"
    lines = (
        f"{name}C001,2024-07-01,RNCP35080BC01,jury,motif,R1\r\nC001,pas une date,RNCP35080BC01,jury,m,R2\r\n"
    )
    asked: dict[str, Any] = {"data": lines.encode(), "content_type": "text/csv"}
    refused = student.post("/records?certification=RNCP35080", **asked)
    assert (refused.status_code, refused.json and refused.json["written"]) == (422, False)
    taken = student.post("/records?certification=RNCP35080&accept_valid=1", **asked)
    assert (taken.status_code, taken.json and taken.json["written"]) == (200, True)


def test_an_order_is_proposed_followed_and_never_approved_here(student: Sis) -> None:
    plan = student.get("/plans/RNCP35080").json
    assert plan is not None
    answer = student.post("/orders", json={"certification": "RNCP35080", "plan": plan["digest"]})
    assert answer.status_code == HTTPStatus.CREATED
    assert answer.json is not None
    order = answer.json["id"]
    followed = student.get(f"/orders/{order}").json
    assert followed is not None
    assert followed["state"] == "proposed"
    for method in ("put", "patch", "delete", "post"):
        tried = getattr(student.client, method)(f"/api/v1/orders/{order}", headers=student.shown)
        assert tried.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    for who in ("program:scolarite-si", "admin"):
        with pytest.raises(RefusedError, match="may not approve"):
            approve_order(student.office, order, actor=who)
    approve_order(student.office, order, actor="somebody-else")
    then = student.get(f"/orders/{order}").json
    assert then is not None
    assert then["state"] == "approved"


def test_an_order_for_another_plan_than_the_present_one_is_refused(student: Sis) -> None:
    answer = student.post("/orders", json={"certification": "RNCP35080", "plan": "0" * 64})
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "order.stale")
    assert answer.mimetype == "application/problem+json"


def test_an_order_of_somebody_else_is_not_told(student: Sis) -> None:
    plan = student.get("/plans/RNCP35080").json
    assert plan is not None
    made = student.post("/orders", json={"certification": "RNCP35080", "plan": plan["digest"]}).json
    assert made is not None
    other = new_program(student.office, "autre", set(Scope), actor="admin")
    headers = {"Authorization": f"Bearer {other}"}
    assert student.client.get(f"/api/v1/orders/{made['id']}", headers=headers).status_code == 404


def test_the_same_key_gives_the_same_answer_and_another_request_is_refused(student: Sis) -> None:
    plan = student.get("/plans/RNCP35080").json
    assert plan is not None
    body = {"certification": "RNCP35080", "plan": plan["digest"]}
    first, again = (student.post("/orders", json=body, key="k-1") for _ in range(2))
    assert first.json == again.json
    assert len(student.office.store.reading().__enter__().orders()) == 1
    other = student.post("/orders", json={**body, "note": "autre"}, key="k-1")
    assert (other.status_code, other.json and other.json["code"]) == (422, "idempotency.reused")


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nothing", "Basic eDp5", "Bearer \xe9"])
def test_without_a_known_token_nothing_is_told(student: Sis, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = student.client.get("/api/v1/plans/RNCP35080", headers=headers)
    assert (answer.status_code, answer.json and answer.json["code"]) == (401, "token.unknown")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_cookie_is_no_token_and_none_is_ever_set(student: Sis) -> None:
    student.client.set_cookie("parchemin", student.token)
    answer = student.client.get("/api/v1/plans/RNCP35080")
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    for each in (answer, student.get("/plans/RNCP35080"), student.get("/plans/nothing")):
        assert "Set-Cookie" not in each.headers
        assert each.headers["Cache-Control"] == "no-store"


def test_a_program_that_was_shut_out_is_not_heard_any_more(student: Sis) -> None:
    end_program(student.office, "scolarite-si", actor="admin")
    assert student.get("/plans/RNCP35080").status_code == HTTPStatus.UNAUTHORIZED


def test_a_program_does_only_what_its_scopes_say(student: Sis) -> None:
    token = new_program(student.office, "lecture", {Scope.PLANS_READ}, actor="admin")
    headers = {"Authorization": f"Bearer {token}"}
    assert student.client.get("/api/v1/plans/RNCP35080", headers=headers).status_code == HTTPStatus.OK
    for answer in (
        student.client.post(f"/api/v1/records{ARGUMENTS}", headers=headers),
        student.client.post("/api/v1/orders", headers=headers),
        student.client.get("/api/v1/orders/O-1", headers=headers),
    ):
        assert (answer.status_code, answer.json and answer.json["code"]) == (403, "token.scope")


def test_each_program_has_a_limit_of_its_own(recorded: Cli) -> None:
    limits = MemoryRateLimits(lambda: 0.0, lambda: b"x" * 32, {LimitedAct.PROGRAM: Limit(60, 2, 100)})
    student = sis(recorded, limits)
    assert [student.get("/orders/O-1").status_code for _ in range(3)] == [404, 404, 429]
    assert student.get("/orders/O-1").headers["Retry-After"] == "60"
    other = new_program(student.office, "autre", set(Scope), actor="admin")
    headers = {"Authorization": f"Bearer {other}"}
    assert student.client.get("/api/v1/orders/O-1", headers=headers).status_code == HTTPStatus.NOT_FOUND


def test_the_register_holds_no_token(student: Sis, recorded: Cli) -> None:
    (kept,) = rows(recorded.folder, "SELECT name, digest, scopes FROM programs")
    assert student.token not in "".join(map(str, kept))
    assert len(kept[1]) == 64
