"""Proposals: what a customer is offered, frozen so that nothing in it moves afterwards.

what a seller writes (drafts) + estimates -> obstacles? -> frozen contents -> changes between two of them
"""
