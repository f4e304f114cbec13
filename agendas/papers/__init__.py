"""The papers of a meeting: what each of them says, from plain values to neutral blocks.

Owns ``model.py`` (what papers are made from), ``wording.py`` (every fixed phrase of a paper, English and Dutch),
``pen.py`` (how a single thing is written), ``parts.py`` (what several papers share) and a module with one ``compose``
for each kind: ``agenda``, ``annotated``, ``pack``, ``record``, ``covering``. Where the values come from is the business
of the rooms above, which draft, negotiate and record; how blocks look, of ``rendering``.
"""
