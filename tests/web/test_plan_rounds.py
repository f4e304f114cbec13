from datetime import date

from scheduler.planning.explaining import Charge
from scheduler.web.plan_rounds import Net, net_changes


def charge(about: str, rule: str, price: int, limit: date | None = None) -> Charge:
    return Charge(about=about, rule=rule, price=price, reason={"en": f"{rule} {price}"}, limit=limit)


def test_a_line_that_only_changes_its_amount_is_told_once() -> None:
    now, was = charge("R1/2027-1", "aim", 218), charge("R1/2027-1", "aim", 220)
    assert net_changes([now], [was]) == (Net(-2, now),)


def test_what_is_new_is_told_whole_and_what_goes_as_gone() -> None:
    new, gone = charge("R1/2027-1", "weekday", 8), charge("R2/2026-1", "weekday", 16)
    assert net_changes([new], [gone]) == (Net(8, new), Net(-16, gone, is_gone=True))


def test_two_lines_of_one_rule_are_each_matched_once() -> None:
    closed = [charge("R1/2027-1", "costly-day", price) for price in (20, 40)]
    was = charge("R1/2027-1", "costly-day", 20)
    assert net_changes(closed, [was]) == (Net(0, closed[0]), Net(40, closed[1]))
