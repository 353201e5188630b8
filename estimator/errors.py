"""What can go wrong with customers, their terms and comparisons.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

from collections.abc import Sequence

from catalog.domain.problems import shown
from estimator.domain.proposals.obstacles import Obstacle


class CustomerNotFound(LookupError):
    status, code = 404, "customer_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such customer.")


class CustomerNameTaken(ValueError):
    status, code = 409, "customer_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a customer called {shown(name)} already.")


class RateNotFound(LookupError):
    status, code = 404, "currency_rate_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such rate.")


class RateTaken(ValueError):
    status, code = 409, "currency_rate_taken"

    def __init__(self, source: str, target: str, day: str) -> None:
        super().__init__(f"There is a rate from {source} to {target} for {day} already. Delete it first.")


class TooManyPriceBooks(ValueError):
    status, code = 400, "too_many_price_books"

    def __init__(self, at_most: int) -> None:
        super().__init__(f"Up to {at_most} price books stand side by side. Name fewer.")


class ProposalNotFound(LookupError):
    status, code = 404, "proposal_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such proposal.")


class ProposalVersionNotFound(LookupError):
    status, code = 404, "proposal_version_not_found"

    def __init__(self, number: str, known: Sequence[int]) -> None:
        there_are = f"It has {', '.join(map(str, known))}." if known else "Nothing was frozen of it yet."
        super().__init__(f"There is no version {shown(number)} of this proposal. {there_are}")


class ProposalBlocked(ValueError):
    """`reasons` name everything that is in the way."""

    status, code = 409, "proposal_blocked"

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        count = len(obstacles)
        super().__init__(
            f"{count} thing{'s are' if count > 1 else ' is'} in the way: {obstacles[0].sentence}"
            + (" And more." if count > 1 else "")
        )
        self.reasons = [{"at": one.about, "detail": one.sentence} for one in obstacles]


class ProposalAccepted(ValueError):
    status, code = 409, "proposal_accepted"

    def __init__(self) -> None:
        super().__init__("A customer accepted this proposal, so it is kept.")


class WordingNotFound(LookupError):
    status, code = 404, "wording_not_found"

    def __init__(self) -> None:
        super().__init__("These texts are not there any more. Choose others.")


class WordingNameTaken(ValueError):
    status, code = 409, "wording_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"You have texts called {shown(name)} already. Choose another name.")


class LogoInvalid(ValueError):
    status, code = 400, "logo_invalid"


class LinkNotFound(LookupError):
    status, code = 404, "link_not_found"

    def __init__(self) -> None:
        super().__init__("There is nothing at this link. Check that it was copied whole.")


class LinkClosed(LookupError):
    status, code = 410, "link_closed"

    def __init__(self) -> None:
        super().__init__("This link has expired or was taken back. Ask whoever sent it for a new one.")


class PasswordNeeded(PermissionError):
    status, code = 401, "password_needed"

    def __init__(self) -> None:
        super().__init__("This proposal is behind a password. Whoever sent the link knows it.")


class PasswordRefused(PermissionError):
    status, code = 403, "password_refused"

    def __init__(self) -> None:
        super().__init__("That is not the password of this link.")


class TooManyGuesses(PermissionError):
    status, code = 429, "too_many_guesses"

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many wrong passwords. The link rests for {minutes} minutes.")


class AcceptanceRefused(ValueError):
    status, code = 409, "acceptance_refused"


class LinkIdUnknown(LookupError):
    status, code = 404, "link_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such link to this proposal.")


class NothingAccepted(ValueError):
    status, code = 409, "nothing_accepted"

    def __init__(self, proposal: str) -> None:
        super().__init__(f"No customer has accepted {proposal} yet. Deploy the design itself, or wait.")
