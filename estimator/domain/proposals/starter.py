"""Texts of ours for sellers who have none yet: taken over whole, and theirs to change from then on.

They hold no name, amount or day: those stand beside them in every document. They promise nothing that a draft
and its drawing do not say; what only the seller can promise is left to his contract.
"""

from estimator.domain.proposals.drafts import Clause

STARTER_SUMMARY = """\
This proposal describes the architecture that we suggest for you, what belongs to it and what it costs. \
We drew it from what you told us about your needs.

The amounts are worked out from the drawing, part by part. Each quantity and each price is listed, so \
that you can check every figure. What the figures rest on, and what has no price, is said beside them.

If something is missing or should be otherwise, tell us, and we send you a new version. If it is what \
you want, you can accept it as it is written here."""

STARTER_BENEFITS = (
    Clause(
        "One picture of the whole",
        "The drawing shows every part and how the parts are connected.",
    ),
    Clause(
        "Every figure explained",
        "Quantities and prices are listed for each part, and the totals follow from them.",
    ),
    Clause(
        "Assumptions in the open",
        "The use that the amounts are made for is written down, so that you can correct it.",
    ),
)

STARTER_TERMS = (
    Clause(
        "What you get",
        "The parts and services that the bill of quantities names, in the quantities given there. "
        "If you accept one of several options, that option alone is agreed.",
    ),
    Clause(
        "What is not included",
        "Whatever the bill of quantities does not name. Unless it stands there, that means in particular: "
        "your own software and its licences, work on your applications, moving data, lines to your sites, "
        "and training.",
    ),
    Clause(
        "Assumptions",
        "The amounts are made for the use and the assumptions that are listed with each option. What is "
        "paid by use costs more or less when you use more or less of it.",
    ),
    Clause(
        "Prices",
        "The prices hold if you accept by the day until which this proposal is valid. Taxes are included "
        "only where they are listed.",
    ),
    Clause(
        "Payment",
        "Amounts a month are invoiced at the end of each month, amounts paid once when the work is done. "
        "Invoices are due within 30 days.",
    ),
    Clause(
        "Term",
        "The term begins when the services are ready for you to use.",
    ),
    Clause(
        "What we need from you",
        "Somebody who can answer our questions and decide, and access to the systems that the work is about.",
    ),
    Clause(
        "Changes",
        "What was accepted is changed only when we have both agreed in writing to the change and its price.",
    ),
    Clause(
        "Confidentiality",
        "This proposal is meant for you. Please show it only to those who help you to decide.",
    ),
    Clause(
        "Everything else",
        "Where this proposal says nothing, the contract between us applies.",
    ),
)
