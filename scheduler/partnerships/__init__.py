"""Partnerships and who stands in them: parties (sides), offices, posts, themes, and the days each party is closed."""
