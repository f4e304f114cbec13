"""The shelf of feeds that a process serves from: what was put together stays until something changes.

Owns the way of one request: whose feed it is, whether anything changed (one statement), the ready bytes or new ones. It
opens the units of work itself, since a secret must be looked up before it is known with whose eyes to read, and since
what was written is kept only after the subscriber has been answered: nobody waits for another writer.

Everything here can be lost: another process, or the next start, puts the same bytes together from the database.
"""

import logging
from collections import OrderedDict, deque
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from scheduler.actor import Actor, operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.feeds.actions import keep
from scheduler.feeds.composing import Feed, compose
from scheduler.feeds.queries import Standing, SubscriptionFacts, Written, standing, subscription_with
from scheduler.feeds.rules import Terms
from scheduler.tokens import digest

LARGEST = 64
"""How many different feeds stay ready; one of 500 meetings takes about half a megabyte."""

logger = logging.getLogger(__name__)

Title = tuple[str, str, Terms]
"""What makes two subscriptions read the same feed: partnership, side and terms."""


class Shelf:
    """The ready feeds of one process. Threads share it: two that miss a feed at once put the same bytes together."""

    def __init__(self, engine: Engine, public_url: str) -> None:
        """Begin empty; ``public_url`` is where the pages are that feeds point to."""
        self._engine, self._public_url = engine, public_url
        self._subscriptions: dict[str, SubscriptionFacts] = {}
        self._ready: OrderedDict[Title, tuple[Standing, Feed]] = OrderedDict()
        self._to_keep: deque[tuple[Actor, tuple[Written, ...]]] = deque()
        self._lock = Lock()

    def read(self, secret: str, now: datetime) -> Feed:
        """Return the feed that a secret opens; raise ``NotFound``, or ``Revoked`` for one that was taken back."""
        subscription = self._subscription(digest(secret), now)
        actor = side(subscription.party, "feed")
        title = subscription.partnership, subscription.party, subscription.terms
        with reading(self._engine, actor, now) as work:
            found = standing(work, subscription)
            ready = self._take(title, found)
            if ready:
                return ready
            feed, written = compose(work, subscription, found, self._public_url)
        self._put(title, found, feed)
        if written:
            self._to_keep.append((actor, written))
        return feed

    def keep_written(self, now: datetime) -> None:
        """Keep what was written for answers given before. Where that fails, it is only written once more."""
        while self._to_keep:
            try:
                actor, written = self._to_keep.popleft()
            except IndexError:  # another thread was quicker
                return
            try:
                with unit_of_work(self._engine, actor, now) as work:
                    keep(work, written)
            except SQLAlchemyError as error:
                logger.info("fragments of a feed were not kept: %s", type(error).__name__)

    def _subscription(self, opened_by: str, now: datetime) -> SubscriptionFacts:
        """Return whose feed it is; remembered, since nothing of it changes but whether it was taken back."""
        known = self._subscriptions.get(opened_by)
        if known is None:
            with reading(self._engine, operator("feed"), now) as work:
                known = subscription_with(work, opened_by)
            self._subscriptions[opened_by] = known
        return known

    def _take(self, title: Title, found: Standing) -> Feed | None:
        with self._lock:
            then, feed = self._ready.get(title, (None, None))
            if then != found:
                return None
            self._ready.move_to_end(title)
            return feed

    def _put(self, title: Title, found: Standing, feed: Feed) -> None:
        with self._lock:
            self._ready[title] = found, feed
            self._ready.move_to_end(title)
            while len(self._ready) > LARGEST:
                self._ready.popitem(last=False)
