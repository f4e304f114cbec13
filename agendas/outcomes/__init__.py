"""What came of a round: who was there, what each item came to, what was newly promised, and the record both sign.

Owns ``content.py`` (what a record says), ``rules.py`` (who agreed to what, what is still open, how two versions become
one, all pure), ``filing.py`` (what an agreed record does to ledger and calendar) and ``paper.py`` (the record as the
values of papers). A side's own working record is private; what is offered is joint; what both sides agreed is sealed.
"""
