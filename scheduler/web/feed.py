"""A feed as calendar programs fetch it: ``GET /feeds/<secret>.ics``. The secret is the only key; there is no cookie.

What programs do with an answer decides which one is given (Thunderbird's source; RFC 9110):

- 404 for an address that never was: programs keep what they have. 410 for one that was taken back: they stop asking.
- 405 to everything that would write or browse (PROPFIND and its kin), so that nothing takes it for CalDAV.
- Any 5xx makes some of them give the subscription up. When we cannot look, a program that has a copy is told to keep
  it (304), which tells nobody anything; only one that comes with empty hands gets 503 and when to try again.
"""

from typing import cast

from flask import Blueprint, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from scheduler import clock
from scheduler.errors import NotFound
from scheduler.feeds.composing import Feed
from scheduler.feeds.queries import Revoked
from scheduler.feeds.shelf import Shelf
from scheduler.web.kit.door import door
from scheduler.web.kit.signing_in import public

ENDPOINT = "feed.serve"
EXTENSION = "feeds"
ALLOWED = "GET, HEAD, OPTIONS"
RETRY_SECONDS = 600
CACHING = {"Cache-Control": "private, max-age=300", "Vary": "Accept-Encoding"}
"""What a program that keeps a copy must be told with every 304 as well (RFC 9110 section 15.4.5)."""

pages = Blueprint("feed", __name__)


@pages.record_once
def _open(state: BlueprintSetupState) -> None:
    """Take every method at the address, and say no ourselves: no form is protected here and nobody is signed in."""
    state.app.url_map.add(Rule("/feeds/<secret>.ics", endpoint=ENDPOINT, merge_slashes=False))
    state.app.extensions["csrf"].exempt(pages)


@pages.endpoint(ENDPOINT)
@public
def serve(secret: str) -> Response:
    """Answer a calendar program."""
    if request.method not in {"GET", "HEAD"}:
        return Response(status=204 if request.method == "OPTIONS" else 405, headers={"Allow": ALLOWED})
    try:
        shelf = _shelf()
        answer = _calendar(shelf.read(secret, clock.now()))
    except Revoked:
        return _plain("This feed was taken back.", 410)
    except NotFound:
        return _plain("There is no such feed.", 404)
    except Exception as error:
        current_app.logger.error("a feed could not be read", exc_info=error)  # noqa: TRY400 (never the address)
        return _keep_yours()
    answer.call_on_close(lambda: shelf.keep_written(clock.now()))
    return answer


@pages.get("/robots.txt")
@public
def robots() -> Response:
    """Let calendar programs that obey robots.txt (Google's does) fetch feeds, and nothing else."""
    return _plain("User-agent: *\nAllow: /feeds/\nDisallow: /", 200)


def _shelf() -> Shelf:
    """Return the shelf of this process."""
    known = current_app.extensions.get(EXTENSION)
    if known is None:
        known = Shelf(door().engine, door().settings.public_url)
        current_app.extensions[EXTENSION] = known
    return cast(Shelf, known)


def _calendar(feed: Feed) -> Response:
    """Return the feed in the coding that the program reads, or 304; each coding has a strong tag of its own."""
    is_compressed = door().settings.feed_gzip and request.accept_encodings["gzip"] > 0
    response = Response(
        feed.compressed if is_compressed else feed.body,
        content_type="text/calendar; charset=utf-8",
        headers={
            **CACHING,
            "Content-Disposition": 'inline; filename="dialogues.ics"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        },
    )
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{feed.tag}-gzip" if is_compressed else feed.tag)
    response.last_modified = feed.changed_at
    response.make_conditional(request)
    return response


def _keep_yours() -> Response:
    """Answer while we cannot look."""
    if request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since"):
        return Response(status=304, headers=CACHING)
    response = _plain("The feed cannot be read now.", 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _plain(text: str, status: int) -> Response:
    return Response(
        text + "\n", status, content_type="text/plain; charset=utf-8", headers={"X-Robots-Tag": "noindex"}
    )
