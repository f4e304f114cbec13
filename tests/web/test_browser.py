"""The pages in a real browser: accessible, within the policy, and readable on a telephone; in both languages.

Needs Chromium (Debian: ``apt install chromium``). Without it these tests are skipped, which counts as a failure where
CI is set. The programme is the shipped one, whose titles are as long as titles are.
"""

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from agendas.commitments.programme import sections
from scheduler import clock
from scheduler.accounts.actions import add_user
from scheduler.actor import operator
from scheduler.db.engine import make_engine
from scheduler.db.work import unit_of_work
from scheduler.programmes.loading import SHIPPED, load, read_programme
from tests.web.agendas import agree_and_freeze, negotiate
from tests.web.invited import invite
from tests.web.records import record
from tests.web.site import NL, UK, application, put_round, sign_in_link, store_proved_plan

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCREENS = {"desk": (1280, 900), "telephone": (390, 844)}
ACCOUNTS = {"en": UK, "nl": NL}
READERS = [(language, screen) for language in ACCOUNTS for screen in SCREENS]
WORSE_THAN_MODERATE = {"serious", "critical"}
PAGES = {
    "rounds": (
        "/partnerships/uk-nl",
        "/obligations/uk-nl/JS-R05",
        "/meetings/{agreed}",
        "/meetings/{agreed}/invitations",
        "{link}",
        "/mails/uk-nl",
        "/posts/uk-nl",
        "/meetings/{offered}",
        "/letters/uk-nl",
        "/reminders/uk-nl",
        "/reminders/uk-nl/settings",
        "/subscriptions/uk-nl",
        "/diaries/uk-nl",
        "/nothing",
    ),
    "planner": (
        "/year/uk-nl/2027",
        "/plan/uk-nl",
        "/plan/uk-nl/again",
        "/plan/uk-nl/{plan}",
        "/plan/uk-nl/{plan}/rounds/JS-R07/2026-1?day=2027-10-04",
        "/plan/uk-nl/{plan}/limits/1",
        "/plan/uk-nl/{plan}/together",
        "/plan/uk-nl/compare?other={plan}",
    ),
    "agendas": (
        "/meetings/{agreed}/agenda",
        "/meetings/{negotiated}",
        "/meetings/{negotiated}/agenda",
        "/meetings/{negotiated}/agenda/own",
        "/meetings/{negotiated}/agenda/own/items/opening",
        "/meetings/{negotiated}/agenda/joint",
        "/meetings/{negotiated}/agenda/joint/items/theme/JS-T3",
        "/meetings/{negotiated}/agenda/papers/joint",
        "/meetings/{negotiated}/agenda/papers/pack",
        "/meetings/{negotiated}/agenda/papers/covering",
        "/meetings/{negotiated}/agenda/versions",
        "/meetings/{negotiated}/agenda/versions/compare?before=joint-1&after=joint-2",
        "/meetings/{frozen}/agenda",
        "/meetings/{negotiated}/pack",
    ),
    "records": (
        "/meetings/{recorded}",
        "/meetings/{recorded}/record",
        "/report/uk-nl",
        "/commitments/uk-nl",
        "/commitments/uk-nl?search=cocaine&status=open_ones",
        "/commitments/uk-nl/new",
        "/commitments/uk-nl/table",
        "/commitment/uk-nl/JS-C26",
    ),
}
"""The pages by subject, so that several processes can share them."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"
)


@pytest.fixture(scope="module")
def engine(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("browser") / "dialogues.db")
    engine = make_engine(f"sqlite:///{file}")
    further = sections()
    with unit_of_work(engine, operator(), clock.now()) as work:
        load(work, read_programme(SHIPPED / "uk_nl.yaml", further), further)
        for account in ACCOUNTS.values():
            add_user(work, account)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def rounds(engine: Engine) -> dict[str, str]:
    """Put rounds of every state into the year; return the UIDs of two that both sides see, and a plan of each side."""
    put_round(engine, "JS-R07", date(2027, 9, 22), "planned")
    put_round(engine, "JS-R11", date(2027, 3, 1), "offered")
    known = {
        "agreed": put_round(engine, "JS-R05", date(2027, 3, 16), "agreed"),
        "negotiated": put_round(engine, "JS-R05", date(2027, 11, 16), "agreed"),
        "frozen": put_round(engine, "JS-R08", date(2027, 11, 17), "agreed"),
        "recorded": put_round(engine, "JS-R04", clock.now().date(), "agreed"),
        "offered": put_round(engine, "JS-R01", date(2027, 10, 5), "offered", host="uk"),
    }
    negotiate(engine, known["negotiated"])
    agree_and_freeze(engine, known["frozen"])
    record(engine, known["recorded"])
    links = invite(engine, known["agreed"], "nl")
    for language, account in ACCOUNTS.items():
        known[f"link-{language}"] = links[str(account.party)]
        span = (date(2026, 11, 21), date(2028, 12, 31))
        known[f"plan-{language}"] = store_proved_plan(engine, str(account.party), *span)
    return known


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    app: Flask = application(engine)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.parametrize("subject", PAGES)
@pytest.mark.parametrize("reader", READERS, ids="-".join)
def test_every_page_is_accessible_and_keeps_within_policy_and_screen(
    engine: Engine,
    rounds: dict[str, str],
    address: str,
    browser: Browser,
    reader: tuple[str, str],
    subject: str,
) -> None:
    language, screen = reader
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(complaint(message)))
    sign_in = f"/sign-in/{sign_in_link(engine, ACCOUNTS[language])}"
    wrong = {sign_in: faults(page, f"{address}{sign_in}", width)}
    page.click("main button")
    own = {**rounds, **{name: rounds[f"{name}-{language}"] for name in ("link", "plan")}}
    for path in PAGES[subject]:
        wrong[path] = faults(page, address + path.format(**own), width)
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}
    assert [text for text in complaints if text] == []


def test_without_javascript_everything_is_there(
    engine: Engine, rounds: dict[str, str], address: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sign-in/{sign_in_link(engine, UK)}")
    page.click("main button")
    page.goto(f"{address}/meetings/{rounds['offered']}")
    page.fill("textarea", "The embassy will ask.")
    page.click("section#notes button")
    assert page.locator("section#notes blockquote p").all_inner_texts() == ["The embassy will ask."]
    context.close()


def test_without_javascript_an_agenda_is_drafted_ordered_and_offered(
    engine: Engine, address: str, browser: Browser
) -> None:
    agenda = f"{address}/meetings/{put_round(engine, 'JS-R05', date(2028, 4, 4), 'agreed')}/agenda"
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{address}/sign-in/{sign_in_link(engine, UK)}")
    page.click("main button")
    page.goto(agenda)
    page.get_by_role("button", name="Begin with this draft").click()
    page.goto(f"{agenda}/own")
    page.fill('[name="minutes.opening"]', "20")
    page.get_by_role("button", name="Down: Opening").click()
    assert page.locator("tr[data-day] th a").all_inner_texts()[:2] == ["Adoption of the agenda", "Opening"]
    page.fill('[name="title.en"]', "Ports")
    page.fill('[name="title.nl"]', "Havens")
    page.get_by_role("button", name="Add it").click()
    assert page.inner_text("h1") == "Ports"
    page.goto(f"{agenda}/own")
    assert page.input_value('[name="minutes.opening"]') == "20"
    assert page.locator("tr[data-day] th a").all_inner_texts()[:2] == ["Adoption of the agenda", "Opening"]
    page.goto(agenda)
    page.get_by_role("button", name="Offer all").click()
    assert "Ports" in page.locator("section#joint").inner_text()
    context.close()


def test_times_and_minutes_follow_while_they_are_typed_as_the_server_reckons_them(
    engine: Engine, rounds: dict[str, str], address: str, browser: Browser
) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{address}/sign-in/{sign_in_link(engine, UK)}")
    page.click("main button")
    page.goto(f"{address}/meetings/{rounds['negotiated']}/agenda/own")

    def reckoned() -> tuple[str, str]:
        return page.inner_text("span[data-spare]").strip(), page.locator("[data-starts]").nth(1).inner_text()

    shown = []
    for minutes in ("0", "20", "many"):
        page.fill('[name="minutes.opening"]', minutes)
        shown.append(reckoned())
    assert shown == [
        ("✓ Exactly filled", "10:00"),
        ("▲ 20 minutes over", "10:20"),
        ("✓ Exactly filled", "10:00"),
    ]
    page.fill('[name="minutes.opening"]', "20")
    page.click("form[data-agenda] .act-row button:nth-of-type(2)")
    assert reckoned() == shown[1]
    assert page.input_value('[name="minutes.opening"]') == "20"
    context.close()


def complaint(message: ConsoleMessage) -> str:
    """Return what the browser complains of; that a page is not there is what one of them is for."""
    is_expected = message.type not in {"error", "warning"} or "404" in message.text
    return "" if is_expected else message.text


def faults(page: Page, address: str, width: int) -> list[str]:
    """Return what is wrong with a page: grave faults of accessibility, and a need to scroll sideways."""
    page.goto(address)
    violations = Axe().run(page).response["violations"]
    found = [
        f"{entry['id']}: {node['target']}"
        for entry in violations
        if entry["impact"] in WORSE_THAN_MODERATE
        for node in entry["nodes"]
    ]
    needed = page.evaluate("document.documentElement.scrollWidth")
    return found if needed <= width else [*found, f"needs {needed} pixels"]
