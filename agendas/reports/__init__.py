"""The yearly report to the ministers: what was kept of what was promised, claim by claim with its source.

Owns ``rules.py`` (facts in, the report out, pure), ``queries.py`` (joint facts alone, so that either side prints the
same), ``paper.py`` (report -> neutral blocks) and ``wording.py`` (its fixed phrases, English and Dutch).
"""
