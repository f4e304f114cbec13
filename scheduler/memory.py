"""What a process keeps in memory from its start to its end, and how little is made of it."""

import gc

NEW_OBJECTS = 10_000
"""After so many the newest are looked through for garbage; Python's own 700 is for programs that make few."""


def settle() -> None:
    """Take all that now stands in memory out of the reach of collections of garbage; it stays to the end.

    The program, its tables and its texts are a quarter of a million objects. A full collection walks through each of
    them while every thread waits, 0.1 to 0.4 seconds, and falls due in the middle of whatever reads some thousands of
    rows. What is read is then walked through in turn while more is read: a half of the time of 50,000 commitments.
    Doors call this once, when what they need is loaded; it takes no time.
    """
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
