"""Facts about a meeting in, a draft agenda out, and the draft as a document.

Owns ``facts.py`` and ``draft.py`` (values), ``rules.py`` with ``selection.py``, ``minutes.py`` and
``leads.py`` (decisions, all pure), ``wording.py`` (titles and reasons, English and Dutch) and ``paper.py``
(draft -> values of a paper). Where the facts come from is the business of the rooms that store them; what people
then do to a draft, of later rooms.
"""
