from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.invitations.answers.rules import Answer, Channel, Fate, Status, fates, standing

NOW = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


def answer(
    status: Status, sequence: int = 0, minute: int = 0, *, comment: str = "", received: int = 0
) -> Answer:
    return Answer(
        post="uk/desk",
        address="desk@uk.example",
        status=status,
        sequence=sequence,
        stamp=NOW + timedelta(minutes=minute),
        comment=comment,
        delegated_to="",
        channel=Channel.MAIL,
        received_at=NOW + timedelta(hours=received),
    )


ANSWERS = st.builds(
    answer,
    st.sampled_from(Status),
    st.integers(0, 2),
    st.integers(0, 2),
    comment=st.sampled_from(("", "perhaps")),
)


@given(st.data(), st.lists(ANSWERS, max_size=7), st.integers(0, 2))
def test_any_order_and_repetition_ends_in_the_state_of_the_ordered_one(
    data: st.DataObject, given_: list[Answer], asked: int
) -> None:
    once = list(dict.fromkeys(given_))
    ordered = sorted(once, key=lambda entry: (entry.sequence, entry.stamp))
    again = data.draw(st.lists(st.sampled_from(once), max_size=4)) if once else []
    shuffled = data.draw(st.permutations([*once, *again]))
    assert standing(shuffled, asked) == standing(ordered, asked)


@given(st.lists(ANSWERS, max_size=7), st.integers(0, 2))
def test_one_answer_counts_and_none_to_an_earlier_version(given_: list[Answer], asked: int) -> None:
    found = fates(given_, asked)
    counted = [entry for entry, fate in found if fate is Fate.COUNTED]
    assert counted == [entry for entry in (standing(given_, asked),) if entry]
    assert {fate for entry, fate in found if entry.sequence < asked} <= {Fate.OLD, Fate.REPEATED}
    assert len(found) == len(given_)


def test_a_later_version_wins_over_a_later_clock() -> None:
    assert standing([answer(Status.YES, 1), answer(Status.NO, 0, minute=59)], 0) == answer(Status.YES, 1)
    assert standing([answer(Status.YES, 0), answer(Status.NO, 0, minute=1)], 0) == answer(Status.NO, minute=1)


def test_what_answers_an_earlier_version_is_kept_and_does_not_count() -> None:
    assert standing([answer(Status.YES, 0)], 1) is None
    assert fates([answer(Status.YES, 0)], 1) == ((answer(Status.YES, 0), Fate.OLD),)


def test_the_same_once_more_changes_nothing_and_says_so() -> None:
    first, again, other = answer(Status.YES), answer(Status.YES, received=1), answer(Status.NO, minute=1)
    assert standing([again, first], 0) == first
    assert [fate for _, fate in fates([again, first, other], 0)] == [
        Fate.OVERTAKEN,
        Fate.COUNTED,
        Fate.REPEATED,
    ]


def test_of_two_answers_of_one_second_the_more_cautious_counts() -> None:
    both = [answer(Status.NO), answer(Status.YES)]
    assert standing(both, 0) == standing(both[::-1], 0) == answer(Status.NO)
