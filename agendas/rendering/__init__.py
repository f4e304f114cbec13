"""How a document is written down: neutral blocks, and one module for each format.

Owns ``document.py`` (blocks that know no format), ``dates.py`` (days and times in words) and the four
writers, each the only owner of its library. What a document says is decided by the room that composes it. How
it looks stands in ``templates/agenda/``, which a ministry may replace.
"""
