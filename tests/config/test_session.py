import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def test_a_stranger_has_no_user_and_no_designs() -> None:
    client = APIClient()

    assert client.get("/api/session/").json() == {"user": None}
    refused = client.get("/api/designs/")
    assert refused.status_code in (401, 403)
    assert refused.json()["code"] == "sign_in_needed"


def test_signing_in_and_out(mara: User) -> None:
    client = APIClient()

    answer = client.post("/api/session/", {"username": "mara", "password": "correct horse"}, format="json")

    assert answer.status_code == 200
    assert client.get("/api/session/").json()["user"]["username"] == "mara"
    assert client.get("/api/designs/").status_code == 200
    client.delete("/api/session/")
    assert client.get("/api/session/").json() == {"user": None}


def test_a_wrong_password_is_said_in_a_sentence(mara: User) -> None:
    answer = APIClient().post("/api/session/", {"username": "mara", "password": "wrong"}, format="json")

    assert answer.status_code == 400
    assert answer.json() == {
        "code": "wrong_credentials",
        "detail": "This user name and password don't belong together.",
    }


def test_signing_in_from_another_site_is_refused(mara: User) -> None:
    """Without the token from our cookie nobody can sign a visitor in behind their back."""
    client = APIClient(enforce_csrf_checks=True)

    answer = client.post("/api/session/", {"username": "mara", "password": "correct horse"}, format="json")

    assert answer.status_code == 403


def test_too_many_tries_lock_the_name_for_a_while(mara: User, settings: pytest.FixtureRequest) -> None:
    settings.AXES_ENABLED = True  # type: ignore[attr-defined]
    settings.AXES_FAILURE_LIMIT = 3  # type: ignore[attr-defined]
    client = APIClient()
    wrong = {"username": "mara", "password": "wrong"}

    answers = [client.post("/api/session/", wrong, format="json") for _ in range(4)]

    assert answers[0].json()["code"] == "wrong_credentials"
    assert answers[-1].status_code == 429
    right = client.post("/api/session/", {"username": "mara", "password": "correct horse"}, format="json")
    assert right.json()["code"] == "too_many_tries"


def test_a_token_opens_the_api_and_a_new_one_closes_the_old(mara: User, api: APIClient) -> None:
    token = api.get("/api/token/").json()["token"]
    script = APIClient()
    script.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert script.get("/api/designs/").status_code == 200

    api.post("/api/token/")

    assert script.get("/api/designs/").json()["code"] == "sign_in_needed"


def test_broken_json_is_a_400_with_a_reason(api: APIClient) -> None:
    answer = api.post("/api/designs/", "{not json", content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "not_json"


def test_every_page_carries_a_strict_content_security_policy(client: APIClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
