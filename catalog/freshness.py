"""Values made from database rows, kept by each process and made anew as soon as the rows changed."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured, SynchronousOnlyOperation
from django.db.utils import Error, OperationalError, ProgrammingError

T = TypeVar("T")

UNSEEN: Hashable = object()
# Commands that only read files work before the first `migrate`, and without Django's settings altogether.
WITHOUT_DATABASE: tuple[type[Exception], ...] = (
    OperationalError,
    ProgrammingError,
    ImproperlyConfigured,
    AppRegistryNotReady,
)
_looked: ContextVar[set[int] | None] = ContextVar("looked", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within this block each value asks the database once; outside, it asks whenever it is read."""
    token = _looked.set(set())
    try:
        yield
    finally:
        _looked.reset(token)


class Fresh(Generic[T]):
    """What operators added to the catalogue, as every process sees it from its next request on.

    `stamp` is one cheap question to the database whose answer changes with the rows; `make` reads them. Where
    there is no database yet the value is `absent`: files alone are a catalogue too.
    """

    def __init__(self, stamp: Callable[[], Hashable], make: Callable[[], T], *, absent: T) -> None:
        self._stamp, self._make, self._absent = stamp, make, absent
        self.forget()

    def __call__(self) -> T:
        self._look_once()
        return self._value

    def current_stamp(self) -> Hashable:
        self._look_once()
        return self._seen

    def forget(self) -> None:
        """Look at the database the next time, whatever was seen before."""
        self._value, self._seen = self._absent, UNSEEN
        self.look_again()

    def look_again(self) -> None:
        """After a change of our own, in the midst of a request."""
        if (looked := _looked.get()) is not None:
            looked.discard(id(self))

    def _look_once(self) -> None:
        looked = _looked.get()
        if looked is None or id(self) not in looked:
            self._look()
            if looked is not None:
                looked.add(id(self))

    def _look(self) -> None:
        try:
            stamp = self._stamp()
            if stamp != self._seen:
                self._value, self._seen = self._make(), stamp
        except SynchronousOnlyOperation:
            return  # an event loop may not ask the database; what was known goes on
        except WITHOUT_DATABASE as error:
            # A busy database has tables. To take it for an empty one would refuse designs that are in order.
            if isinstance(error, Error) and "locked" in str(error):
                raise
            self._value, self._seen = self._absent, UNSEEN
