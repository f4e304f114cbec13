"""Dates, decided purely: how often (``cadence``), when exactly (``slots``), and not on which days (``closed_days``).

No I/O and no clock: today's date, facts and tables come in as arguments, and zones through ``zoneinfo``.
"""
