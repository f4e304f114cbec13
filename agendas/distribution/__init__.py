"""Who gets the briefing pack of a round, and which version of it: the passage from papers to the outbox.

A pack belongs to one side, goes to posts of that side alone, and is sent again only when it says something else.
"""
