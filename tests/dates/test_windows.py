from datetime import date

from scheduler.dates.windows import Window, read_window, window_months, window_spans, write_window


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


def test_a_window_is_open_on_its_days_and_no_others() -> None:
    to_the_day = read_window({"from": "09-15", "until": "11-30"})
    days = [date(2027, 9, 14), date(2027, 9, 15), date(2027, 11, 30), date(2027, 12, 1)]
    assert [to_the_day.is_open(day) for day in days] == [False, True, True, False]
    assert [Window((9, 11)).is_open(day) for day in days] == [True, True, True, False]
    assert [read_window(None).is_open(day) for day in days] == [True, True, True, True]


def test_the_last_of_february_is_kept_in_every_year() -> None:
    assert window_spans({"from": "02-01", "until": "02-29"}, 2027) == ((date(2027, 2, 1), date(2027, 2, 28)),)


def test_months_that_a_window_touches() -> None:
    assert window_months({"from": "09-15", "until": "11-30"}) == [9, 10, 11]
    assert window_months({"months": [12, 1]}) == [1, 12]
    assert window_months(None) == list(range(1, 13))


def test_windows_in_words() -> None:
    assert write_window({"months": [9, 10, 11]}, "en") == "September–November"
    assert write_window({"months": [1, 2, 3, 10]}, "nl") == "januari–maart, oktober"
    assert write_window({"from": "09-15", "until": "11-30"}, "en") == "15 September–30 November"
    assert write_window(None, "en") == ""
