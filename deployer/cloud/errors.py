"""The SDK's exceptions become the product's here, and go no further up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from keystoneauth1 import exceptions as keystone
from openstack import exceptions as sdk

from deployer.domain.cloud import (
    Busy,
    CloudError,
    Conflict,
    CredentialsRefused,
    NotFound,
    QuotaExceeded,
    Refused,
    ServerFault,
    Unreachable,
)

_ABOUT_QUOTA = re.compile(r"quota|LimitExceeded|OverLimit|exceeds allowed", re.IGNORECASE)
# Octavia answers 409 to every change while a load balancer is at work on the one before.
_AT_WORK = re.compile(r"immutable|being (created|updated|deleted)|status is PENDING", re.IGNORECASE)
# Cinder says 400 where others say 409; the state passes when a detach or a build has finished.
_WRONG_STATE = re.compile(r"status must be|must be available|in-use|Invalid volume|is in use", re.IGNORECASE)


@contextmanager
def speaking_plainly() -> Iterator[None]:
    """Raises: CloudError instead of whatever the SDK raises."""
    try:
        yield
    except CloudError:
        raise
    except (sdk.SDKException, keystone.ClientException) as error:
        raise translate(error) from error


def translate(error: Exception) -> CloudError:
    status = _status(error)
    words = _words(error)
    wait = _retry_after(error)
    if isinstance(error, (keystone.ConnectionError, keystone.DiscoveryFailure)):
        return Unreachable(_connection_words(error, words))
    if status == 401:
        return CredentialsRefused(words)
    if status == 404 or isinstance(error, sdk.NotFoundException):
        return NotFound(words)
    if status in (403, 409, 413) and _ABOUT_QUOTA.search(words + _body(error)):
        return QuotaExceeded(words)
    if status == 429 or (status == 413 and wait is not None):
        return Busy(words, retry_after=wait if wait is not None else 5.0)
    if status == 409:
        return Busy(words, retry_after=wait) if _AT_WORK.search(words) else Conflict(words, retry_after=wait)
    if status == 400 and _WRONG_STATE.search(words):
        return Conflict(words)
    if status is not None and status >= 500:
        return ServerFault(words, retry_after=wait)
    if isinstance(error, (keystone.MissingRequiredOptions, keystone.NoMatchingPlugin)):
        return CredentialsRefused(f"The credential is not complete: {words}")
    if isinstance(error, (keystone.EndpointNotFound, keystone.EmptyCatalog)):
        return Refused(f"The cloud has no such service: {words}")
    return Refused(words)


def _connection_words(error: Exception, words: str) -> str:
    """Whom we could not reach, without the library's account of every try."""
    where = re.search(r"https?://[^/\s'\"]+", words)
    place = where.group() if where else "its address"
    if isinstance(error, keystone.SSLError):
        return f"The certificate of {place} cannot be verified."
    if isinstance(error, keystone.ConnectTimeout):
        return f"{place} did not answer in time."
    return f"Nothing answers at {place}."


def _status(error: Exception) -> int | None:
    for name in ("status_code", "http_status"):
        status = getattr(error, name, None)
        if isinstance(status, int) and status:
            return status
    return None


def _words(error: Exception) -> str:
    """What the service said, without the address that the SDK puts around it."""
    details = getattr(error, "details", None)
    text = details if isinstance(details, str) and details else str(error)
    text = re.sub(r"^\w+: \d{3}: (Client|Server) Error for url: \S+,? ?", "", text)
    text = re.sub(r"<[^>]+>", " ", text)  # some proxies answer in HTML
    return re.sub(r"\s+", " ", text).strip()[:500] or type(error).__name__


def _response(error: Exception) -> Any:
    return getattr(error, "response", None)


def _body(error: Exception) -> str:
    response = _response(error)
    return str(getattr(response, "text", ""))[:2000] if response is not None else ""


def _retry_after(error: Exception) -> float | None:
    response = _response(error)
    value = (
        response.headers.get("Retry-After") if response is not None else getattr(error, "retry_after", None)
    )
    try:
        return max(0.0, float(value)) if value is not None else None
    except (TypeError, ValueError):
        return None  # a date: rare, and the usual back-off does
