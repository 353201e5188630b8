"""What can go wrong when somebody asks the catalogue for something.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from catalog.domain.problems import Problem, shown

_STATES = {"draft": "a draft", "review": "under review"}


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


class TemplateVersionNotFound(LookupError):
    status, code = 404, "template_version_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such version of a template.")


class TemplateVersionInvalid(ValueError):
    """It would make no usable template."""

    status, code = 400, "template_invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.reasons = [{"at": one.at, "detail": one.detail} for one in problems]
        first = problems[0]
        super().__init__(f"{first.at} {first.detail}" if first.detail[:1].islower() else first.detail)


class TemplateKeyTaken(ValueError):
    status, code = 409, "template_key_taken"

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is a template that came with the product. Choose another key.")


class TemplateStepImpossible(ValueError):
    status, code = 409, "template_step_impossible"

    def __init__(self, version: str, state: str, done: str) -> None:
        self.state = state
        super().__init__(f"{version} is {_STATES.get(state, state)}, so it can't be {done} now.")


class ReviewersOnly(PermissionError):
    status, code = 403, "reviewers_only"

    def __init__(self) -> None:
        super().__init__("That is for reviewers: staff members. Ask one of them.")


class AuthorMayNotPublish(PermissionError):
    status, code = 403, "author_may_not_publish"

    def __init__(self) -> None:
        super().__init__("You drew this template, so another reviewer publishes it.")


class PriceBookNotFound(LookupError):
    status, code = 404, "price_book_not_found"

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        self.key = key
        self.hint = _hint(key, known)
        super().__init__(f"There is no price book called {shown(key)}.{self.hint}")


class PriceBookVersionNotFound(LookupError):
    status, code = 404, "price_book_version_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such version of a price book.")


class PriceBookRefused(ValueError):
    """What came in makes no price book. `reasons` say where and why."""

    status, code = 400, "price_book_refused"

    def __init__(self, name: str, reasons: Sequence[Mapping[str, str]]) -> None:
        self.reasons = [dict(one) for one in reasons]
        first = f" {self.reasons[0]['at']}: {self.reasons[0]['detail']}" if self.reasons else ""
        super().__init__(f"{name} makes no price book.{first}")


class PriceListTooLarge(ValueError):
    status, code = 413, "price_list_too_large"

    def __init__(self, most: int) -> None:
        super().__init__(f"The file is larger than {most // 2**20} MB. Split it by provider.")


class PublishedBookIsFixed(ValueError):
    status, code = 409, "published_book_is_fixed"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is published, and estimates may use it. Bring in a new version instead.")


class NewerBookPublished(ValueError):
    status, code = 409, "newer_book_published"

    def __init__(self, name: str, newer: int) -> None:
        super().__init__(
            f"{name} is older than version {newer}, which is published. Import its prices again."
        )


def _hint(key: str, known: Iterable[str]) -> str:
    keys = sorted(known)
    if near := difflib.get_close_matches(key.lower()[:200], keys, n=3, cutoff=0.4):
        return f" Did you mean {' or '.join(near)}?"
    return f" There are {', '.join(keys)}." if keys else ""


class OwnTypeRefused(ValueError):
    """What was written makes no component type. `reasons` say where and why."""

    status, code = 409, "component_type_refused"

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.reasons = [{"at": one.at, "detail": one.detail} for one in problems]
        why = "; ".join(f"{one.at}: {one.detail}" for one in problems)
        super().__init__(f"{name} makes no component type. {why}")


class NotADraft(ValueError):
    status, code = 409, "not_a_draft"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is published already. Start a new version to change it.")


class NotPublished(ValueError):
    status, code = 409, "not_published"

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{name} is not published, so it can't be {wanted}.")


class DraftExists(ValueError):
    status, code = 409, "draft_exists"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a draft already. Finish that one first.")


class PublishedTypeIsFixed(ValueError):
    status, code = 409, "published_type_is_fixed"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is published, and designs may use it. Start a new version to change it.")
