"""How many more a deployment may start, beside others in the same cloud."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from deployer.domain.sharing import Claim, room_for

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def waiting(count: int, minutes: int, running: int = 0) -> Claim:
    return Claim(running, count, NOON - timedelta(minutes=minutes))


def test_alone_the_limit_is_the_room() -> None:
    assert room_for(Claim(running=5), [], 12) == 7


def test_what_others_have_under_way_counts() -> None:
    assert room_for(Claim(), [Claim(running=4), Claim(running=8)], 12) == 0


def test_who_holds_its_share_leaves_room_for_those_who_wait_with_less() -> None:
    assert room_for(Claim(running=6), [waiting(3, 1)], 12) == 3


def test_places_that_nobody_else_wants_are_taken() -> None:
    assert room_for(Claim(running=6), [Claim(running=1)], 12) == 5


def test_of_those_with_less_than_their_share_the_longest_waiting_comes_first() -> None:
    crowd = [Claim(running=1)] * 11

    assert room_for(waiting(1, 5), [*crowd, waiting(1, 9)], 12) == 0
    assert room_for(waiting(1, 9), [*crowd, waiting(1, 5)], 12) == 1


def test_one_that_has_found_no_room_yet_does_not_overtake() -> None:
    assert room_for(Claim(), [*[Claim(running=1)] * 11, waiting(1, 1)], 12) == 0


@given(some.lists(some.tuples(some.integers(1, 6), some.integers(1, 6)), min_size=1, max_size=40))
def test_however_many_wait_everybody_is_served_and_the_limit_is_kept(
    sizes: list[tuple[int, int]],
) -> None:
    """Each deployment has so many servers to make, each taking so many rounds."""
    limit, now = 12, NOON
    left = [count for count, _ in sizes]
    ends: list[list[int]] = [[] for _ in sizes]
    served = [NOON + timedelta(seconds=place) for place in range(len(sizes))]
    first: dict[int, int] = {}
    for moment in range(2000):
        for place, (_, rounds) in enumerate(sizes):
            ends[place] = [end for end in ends[place] if end > moment]
            claims = [
                Claim(len(ends[one]), left[one], served[one] if left[one] else None)
                for one in range(len(sizes))
            ]
            room = room_for(claims[place], claims[:place] + claims[place + 1 :], limit)
            started = min(room, left[place])
            if started:
                left[place] -= started
                ends[place] += [moment + rounds] * started
                served[place] = now + timedelta(seconds=1000 + moment)
                first.setdefault(place, moment)
            assert sum(map(len, ends)) <= limit
        if not any(left):
            break
    assert not any(left)
    # No place stays empty while somebody waits, so nobody waits longer than all the work there is takes.
    work = sum(count for count, _ in sizes)
    assert max(first.values()) <= (work // limit + 1) * 6
