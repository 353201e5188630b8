"""One request sees one catalogue."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from catalog.freshness import one_look


class OneCatalogue:
    """Asks the database at most once a request what operators added to the catalogue."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_look():
            return self.get_response(request)
