"""What can go wrong with customers, their terms and comparisons.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

from catalog.domain.problems import shown


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
