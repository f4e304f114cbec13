from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.web.year_chart import NARROW, WIDE, Lane, Layout, Month, Span, draw, position

TODAY = date(2027, 2, 1)
LAYOUTS = st.sampled_from([WIDE, NARROW])
YEARS = st.integers(2000, 2100)
EVEN = Layout(
    name="even",
    width=465,
    label_width=100,
    label_characters=20,
    line_height=10,
    band_height=30,
    empty_height=30,
    header_height=20,
)
"""A drawing in which every day of a year of 365 days is one unit wide."""


def lane(*spans: Span, label: str = "Organised Crime Dialogue", note: str = "") -> Lane:
    return Lane("R1", label, "amber", spans, note=note, address="/obligations/uk-nl/R1")


def test_a_day_stands_where_the_calendar_puts_it() -> None:
    assert position(2027, date(2027, 1, 1), EVEN) == 100
    assert position(2027, date(2027, 3, 16), EVEN) == 174
    assert position(2027, date(2028, 1, 1), EVEN) == 465


@given(YEARS, LAYOUTS, st.integers(0, 364))
def test_later_days_stand_further_right_and_inside_the_drawing(
    year: int, layout: Layout, number: int
) -> None:
    day = date(year, 1, 1) + timedelta(days=number)
    here, next_ = position(year, day, layout), position(year, day + timedelta(days=1), layout)
    assert layout.label_width <= here < next_ <= layout.width + 1e-9


@given(YEARS, LAYOUTS)
def test_the_months_fill_the_year_without_a_gap(year: int, layout: Layout) -> None:
    months = draw(year, [], layout, TODAY).months
    assert [month.first for month in months] == [date(year, number, 1) for number in range(1, 13)]
    assert months[0].x == layout.label_width
    assert all(abs(before.x + before.width - after.x) < 1e-9 for before, after in pairwise(months))
    assert abs(months[-1].x + months[-1].width - layout.width) < 1e-9


def test_a_bar_covers_its_first_and_its_last_day() -> None:
    (row,) = draw(
        2027, [lane(Span("window", date(2027, 2, 1), date(2027, 2, 28), "Window"))], EVEN, TODAY
    ).rows
    (shape,) = row.shapes
    assert (shape.x, shape.width, shape.is_point) == (131, 28, False)


def test_a_moment_is_a_mark_in_the_middle_of_its_day() -> None:
    (row,) = draw(2027, [lane(Span("due", date(2027, 3, 24), date(2027, 3, 24), "Due"))], EVEN, TODAY).rows
    (shape,) = row.shapes
    assert (shape.x, shape.y, shape.is_point) == (182.5, 21, True)


def test_a_limit_stands_above_a_round_of_the_same_day() -> None:
    day = date(2027, 3, 24)
    (row,) = draw(
        2027, [lane(Span("due", day, day, "Due"), Span("planned", day, day, "Round"))], EVEN, TODAY
    ).rows
    limit, round_ = row.shapes
    assert (limit.x, limit.y, round_.y) == (round_.x, row.y - 14, row.y)


def test_a_round_of_several_days_is_a_bar_where_a_bar_is_wider_than_a_mark() -> None:
    week = Span("agreed", date(2027, 3, 1), date(2027, 3, 5), "Training")
    fortnight = Span("agreed", date(2027, 4, 1), date(2027, 4, 14), "Course")
    (row,) = draw(2027, [lane(week, fortnight)], EVEN, TODAY).rows
    assert [(shape.is_point, shape.x, shape.width) for shape in row.shapes] == [
        (True, 161.5, 0),
        (False, 190, 14),
    ]


def test_what_reaches_out_of_the_year_is_cut_and_what_lies_outside_is_left_out() -> None:
    christmas = Span("costs", date(2026, 12, 18), date(2027, 1, 3), "Recess")
    earlier = Span("due", date(2026, 12, 3), date(2026, 12, 3), "Due")
    later = Span("due", date(2028, 1, 1), date(2028, 1, 1), "Due")
    (row,) = draw(2027, [lane(christmas, earlier, later)], EVEN, TODAY).rows
    assert [(shape.span.text, shape.x, shape.width) for shape in row.shapes] == [("Recess", 100, 3)]


def test_a_single_holiday_stays_wide_enough_to_be_seen() -> None:
    (row,) = draw(
        2027, [lane(Span("forbids", date(2027, 5, 3), date(2027, 5, 3), "May Day"))], NARROW, TODAY
    ).rows
    assert row.shapes[0].width == 2


def test_lanes_follow_each_other_and_make_up_the_height() -> None:
    chart = draw(
        2027,
        [lane(), lane(label="A title that is too long for one line"), lane(note="Every year")],
        EVEN,
        TODAY,
    )
    assert [row.top for row in chart.rows] == [20, 50, 80]
    assert chart.height == 120


def test_labels_stand_beside_their_lane_where_there_is_room_and_above_it_where_not() -> None:
    (beside,) = draw(2027, [lane(note="Every year")], WIDE, TODAY).rows
    (above,) = draw(2027, [lane(note="Every year")], NARROW, TODAY).rows
    assert (beside.height, beside.y) == (40, 50)
    assert (above.height, above.label_y, above.y) == (40, 41, 63)


def test_a_lane_on_which_something_stands_is_higher() -> None:
    (row,) = draw(2027, [lane(Span("due", date(2027, 3, 24), date(2027, 3, 24), "Due"))], WIDE, TODAY).rows
    assert (row.height, row.y) == (46, 53)


def test_limits_rounds_and_last_years_day_stand_in_three_storeys() -> None:
    day = date(2027, 3, 24)
    spans = [Span(kind, day, day, kind) for kind in ("due", "agreed", "proposed", "last_year")]
    (row,) = draw(2027, [lane(*spans)], WIDE, TODAY).rows
    assert [shape.y - row.y for shape in row.shapes] == [-14, 0, 0, 14]


def test_a_long_label_is_broken_and_in_the_end_cut() -> None:
    (row,) = draw(
        2027, [lane(label="one two three four five six seven eight nine ten eleven")], EVEN, TODAY
    ).rows
    assert row.label == ("one two three four", "five six seven …")


@pytest.mark.parametrize(
    ("today", "line"), [(date(2027, 2, 1), 131.5), (date(2026, 12, 31), None), (date(2028, 1, 1), None)]
)
def test_today_is_a_line_in_its_own_year_only(today: date, line: float | None) -> None:
    assert draw(2027, [], EVEN, today).today == line


def test_a_month_is_as_wide_as_its_days() -> None:
    assert draw(2027, [], EVEN, TODAY).months[1] == Month(date(2027, 2, 1), 131, 28)
