"""Recurring obligations: what was promised, how often, by whom, and what is owed on a given day, with the reason."""
