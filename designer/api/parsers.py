"""Reads JSON Merge Patches (RFC 7396) with a limit on their size."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser

MAX_PATCH_BYTES = 4 * 1024 * 1024  # a whole document is at most half of this


class PatchTooLarge(APIException):
    status_code = 413
    default_code = "patch_too_large"
    default_detail = f"An edit may have {MAX_PATCH_BYTES // 1024 // 1024} MiB at most. Send it in parts."


class MergePatchParser(JSONParser):
    media_type = "application/merge-patch+json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        if length > MAX_PATCH_BYTES:
            raise PatchTooLarge
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            from rest_framework.exceptions import ParseError

            raise ParseError("The JSON is nested too deeply.") from None


class PatchAsJsonParser(MergePatchParser):
    """Scripts that can't set the content type may send the same patch as plain JSON."""

    media_type = "application/json"
