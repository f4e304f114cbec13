"""A search for the cheapest plan in a thread of its own: whoever began it sees how far it is, and may stop it."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event

from scheduler.planning.problem import Plan, Problem
from scheduler.planning.solver import Progress, solve


class Search:
    """One search; it has begun when this is made. The plan is the one that ``solve`` alone would find."""

    def __init__(self, problem: Problem) -> None:
        """Begin to search."""
        self.progress: Progress | None = None
        """The last that the search has told; ``None`` before it has."""
        self._stopped = Event()
        threads = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._found = threads.submit(solve, problem, watch=self._watch, halt=self._stopped)
        threads.shutdown(wait=False)

    def is_over(self, within: timedelta) -> bool:
        """Wait at most so long, and tell whether the search is over."""
        return bool(wait([self._found], within.total_seconds()).done)

    def stop(self) -> None:
        """Have the search end soon, with the best plan that it has by then."""
        self._stopped.set()

    def result(self) -> Plan:
        """Wait for the end, and return the plan; raise what ``solve`` raises."""
        return self._found.result()

    def _watch(self, progress: Progress) -> bool:
        self.progress = progress
        return True
