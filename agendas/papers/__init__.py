"""The papers of a meeting: what each of them says, from plain values to neutral blocks.

Owns ``model.py`` (what papers are made from), ``wording.py`` (every fixed phrase of a paper, English and Dutch),
``pen.py`` (how a single thing is written) and a module for each kind of paper. Where the values come from is the
business of the rooms above, which draft, negotiate and record; how blocks look, of ``rendering``.
"""
