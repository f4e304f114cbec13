"""What a commitment can be. Pure.

Kinds: an ``action`` can be asked whether it is done, a ``continuing_cooperation`` how it is going, a
``political_position`` neither. Strengths follow the verb of the text, the strongest first.
"""

KINDS = ("action", "continuing_cooperation", "political_position")
STRENGTHS = ("will", "commit_to", "continue_to", "aim", "explore", "reaffirm", "welcome")
STATUSES = ("open", "in_progress", "blocked", "delivered", "merged", "dropped")
OPEN = ("open", "in_progress", "blocked")
"""A commitment stays open until somebody records, with evidence, that it was delivered, merged or dropped by both."""
