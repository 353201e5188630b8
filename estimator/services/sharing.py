"""What a customer does with a link: reads, comments, asks for a change, accepts."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from estimator.errors import (
    AcceptanceRefused,
    LinkClosed,
    LinkNotFound,
    PasswordNeeded,
    PasswordRefused,
    TooManyGuesses,
)
from estimator.models import (
    Acceptance,
    ProposalComment,
    ProposalVersion,
    ShareLink,
    ShareView,
)

MOST_DAYS = 365
KEY_HOURS = 12
MOST_GUESSES = 10  # of a link's password; then it rests, whoever guesses
REST_MINUTES = 15
LONGEST_TOKEN = 64
_SALT = "estimator.share"


def create_link(
    version: ProposalVersion, *, created_by: User | None, days: int, password: str = ""
) -> tuple[ShareLink, str]:
    """The link and its token, which nobody can read again. 256 bits of chance."""
    token = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        version=version,
        token_hash=_hash(token),
        password=make_password(password) if password else "",
        expires_at=timezone.now() + timedelta(days=days),
        created_by=created_by,
    )
    return link, token


def revoke_link(link: ShareLink) -> ShareLink:
    """At once, for everybody who has it; a second time changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
    return link


def open_link(token: str, key: str = "") -> ShareLink:
    """`key`: what `unlock` gave, where a password is asked for.

    Raises: LinkNotFound, LinkClosed, PasswordNeeded.
    """
    link = _find(token)
    if link.password and not _fits(link, key):
        raise PasswordNeeded
    return link


def unlock(token: str, password: str) -> str:
    """A key for some hours. Raises: LinkNotFound, LinkClosed, PasswordRefused, TooManyGuesses."""
    link = _find(token)
    guesses = f"share-guesses:{link.id}"
    if cache.get(guesses, 0) >= MOST_GUESSES:
        raise TooManyGuesses(REST_MINUTES)
    if link.password and not check_password(password, link.password):
        cache.add(guesses, 0, REST_MINUTES * 60)
        cache.incr(guesses)
        raise PasswordRefused
    return signing.dumps([str(link.id), link.password[-12:]], salt=_SALT)


def note_view(link: ShareLink, what: str, agent: str) -> None:
    ShareView.objects.create(link=link, what=what, agent=agent[:200])


def comment(
    version: ProposalVersion,
    *,
    name: str,
    text: str,
    asks_for_change: bool = False,
    link: ShareLink | None = None,
    by: User | None = None,
) -> ProposalComment:
    return ProposalComment.objects.create(
        version=version, link=link, by=by, name=name, text=text, asks_for_change=asks_for_change
    )


def accept(link: ShareLink, *, letter: str, name: str, role: str, content_hash: str) -> Acceptance:
    """Binding: one option of this version, as its hash says. The same again is the same acceptance.

    Raises: AcceptanceRefused with the reason.
    """
    version = link.version
    known = Acceptance.objects.filter(proposal=version.proposal).first()
    if known is not None:
        if (known.version_id, known.letter, known.name) == (version.id, letter, name):
            return known
        raise AcceptanceRefused(
            f"{known.name} accepted option {known.letter} on {known.at:%d %B %Y} already."
        )
    if content_hash != version.content_hash:
        raise AcceptanceRefused("This page shows another version than the link leads to. Load it again.")
    if version.customer["valid_until"] < timezone.localdate().isoformat():
        raise AcceptanceRefused("The offer is no longer valid. Ask for a new one.")
    if letter not in {option["letter"] for option in version.customer["options"]}:
        raise AcceptanceRefused(f"There is no option {letter} in this proposal.")
    newest = version.proposal.versions.order_by("-number").values_list("number", flat=True).first()
    if newest != version.number:
        raise AcceptanceRefused(f"There is a newer version, {newest}. Ask for its link.")
    try:
        with transaction.atomic():
            return Acceptance.objects.create(
                version=version,
                proposal=version.proposal,
                letter=letter,
                content_hash=version.content_hash,
                name=name,
                role=role,
                link=link,
            )
    except IntegrityError:
        raise AcceptanceRefused("Somebody else accepted it just now. Load the page again.") from None


def _find(token: str, now: datetime | None = None) -> ShareLink:
    if len(token) > LONGEST_TOKEN:
        raise LinkNotFound
    found = ShareLink.objects.select_related("version__proposal").filter(token_hash=_hash(token)).first()
    if found is None:
        raise LinkNotFound
    if not found.is_open(now or timezone.now()):
        raise LinkClosed
    return found


def _fits(link: ShareLink, key: str) -> bool:
    """A key holds for one link, and only while its password stays."""
    try:
        said = signing.loads(key, salt=_SALT, max_age=KEY_HOURS * 3600)
    except signing.BadSignature:
        return False
    return bool(said == [str(link.id), link.password[-12:]])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
