"""What can go wrong with designs, named for what went wrong.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

from catalog.domain.problems import shown
from designer.domain.document import Problem


class DesignNotFound(LookupError):
    status, code = 404, "design_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such design.")


class DesignInUse(ValueError):
    status, code = 409, "design_in_use"

    def __init__(self) -> None:
        super().__init__(
            "Something of this design still exists in a cloud, or a customer was offered it. "
            "Destroy it there, or delete the proposal, first."
        )


class RevisionNotFound(LookupError):
    status, code = 404, "revision_not_found"

    def __init__(self, revision: str, known: list[int]) -> None:
        there_are = f"There are {', '.join(map(str, known[-20:]))}" if known else "There is none yet"
        super().__init__(
            f"The design has no revision {shown(revision)}. {there_are}; current is how it is now."
        )


class VariantLabelTaken(ValueError):
    status, code = 409, "variant_label_taken"

    def __init__(self, label: str) -> None:
        super().__init__(f"There is a variant called {shown(label)} already. Give this one another name.")


class TooManyVariants(ValueError):
    status, code = 409, "too_many_variants"

    def __init__(self, at_most: int) -> None:
        super().__init__(f"A design has {at_most} variants at most. Delete one that is decided.")


class EditRefusedByDesign(ValueError):
    """An edit that would leave the design invalid; nothing of it was kept."""

    status, code = 409, "edit_refused"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.reasons = [{"at": problem.at, "detail": problem.detail} for problem in problems]
        super().__init__("The edit was not kept: " + (problems[0].detail if problems else "it is not valid."))


class NoTemplateBehind(ValueError):
    status, code = 409, "no_template_behind"

    def __init__(self) -> None:
        super().__init__("This design began from no template, so there is nothing to bring it up to.")


class TemplateNotNewer(ValueError):
    status, code = 409, "template_not_newer"

    def __init__(self) -> None:
        super().__init__("The design has the newest version of its template already.")


class TemplateUpdateChanged(ValueError):
    status, code = 409, "template_update_changed"

    def __init__(self) -> None:
        super().__init__("The design or its template changed since you looked. Look at the changes again.")


class NothingToUndo(ValueError):
    status, code = 409, "nothing_to_undo"

    def __init__(self, direction: str) -> None:
        super().__init__(f"There is nothing to {direction}.")


class UndoConflict(ValueError):
    """Somebody changed the same place since, so undoing would take their work away."""

    status, code = 409, "undo_conflict"

    def __init__(self, paths: list[str]) -> None:
        self.reasons = [{"at": path, "detail": "changed since by a later edit"} for path in paths]
        super().__init__(f"{paths[0]} was changed since, so the edit stays.")
