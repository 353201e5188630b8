"""Proposals as a script writes them."""

import io
from typing import Any

from pypdf import PdfReader
from rest_framework.test import APIClient


def post(api: APIClient, address: str, **said: Any) -> dict[str, Any]:
    answer = api.post(address, said, format="json")
    assert answer.status_code in (200, 201), answer.data
    return dict(answer.data)


def write(api: APIClient, proposal: dict[str, Any], **draft: Any) -> Any:
    return api.patch(f"/api/proposals/{proposal['id']}/", {"draft": draft}, format="json")


def give_reasons(api: APIClient, proposal: dict[str, Any]) -> None:
    obstacles = api.get(f"/api/proposals/{proposal['id']}/preview/").data["obstacles"]
    draft = api.get(f"/api/proposals/{proposal['id']}/").data["draft"]
    said: dict[str, dict[str, str]] = {"unpriced": draft["reasons"], "finding": draft["accepted"]}
    for one in obstacles:
        said[one["kind"]][one["about"]] = "As agreed by telephone"
    assert write(api, proposal, reasons=said["unpriced"], accepted=said["finding"]).status_code == 200


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
