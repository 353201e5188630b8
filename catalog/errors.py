"""What can go wrong when somebody asks the catalogue for something.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

import difflib
from collections.abc import Iterable

from catalog.domain.problems import shown


class TemplateNotFound(LookupError):
    status, code = 404, "template_not_found"

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        self.key = key
        self.hint = _hint(key, known)
        super().__init__(f"There is no template called {shown(key)}.{self.hint}")


class TemplateFormNotFound(LookupError):
    """A template comes as published and, where its original breaks a rule, hardened."""

    status, code = 404, "template_form_not_found"

    def __init__(self, key: str, form: str, known: Iterable[str]) -> None:
        self.key, self.form = key, form
        forms = list(known)
        rest = f"There are {' and '.join(forms)}" if len(forms) > 1 else f"It comes as {forms[0]} only"
        super().__init__(f"There is no form {shown(form)} of the template {key}. {rest}.")


class PriceBookNotFound(LookupError):
    status, code = 404, "price_book_not_found"

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        self.key = key
        self.hint = _hint(key, known)
        super().__init__(f"There is no price book called {shown(key)}.{self.hint}")


def _hint(key: str, known: Iterable[str]) -> str:
    keys = sorted(known)
    if near := difflib.get_close_matches(key.lower()[:200], keys, n=3, cutoff=0.4):
        return f" Did you mean {' or '.join(near)}?"
    return f" There are {', '.join(keys)}." if keys else ""
