from datetime import date

from scheduler.web.windows import window_spans


def test_months_that_follow_each_other_are_one_stretch() -> None:
    assert window_spans({"months": [10, 9, 11, 2]}, 2028) == (
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2028, 9, 1), date(2028, 11, 30)),
    )


def test_days_of_the_year_are_taken_as_they_are() -> None:
    assert window_spans({"from": "09-15", "until": "11-30"}, 2027) == (
        (date(2027, 9, 15), date(2027, 11, 30)),
    )


def test_without_a_window_there_is_nothing_to_draw() -> None:
    assert window_spans(None, 2027) == ()
