"""Who gets the briefing pack of a round, who is told of an offered agenda: the passage from papers to the outbox.

A pack belongs to one side, goes to posts of that side alone, and is sent again only when it says something else.
That the other side has offered an agenda is told by ``notes``: when it has stood for a while, once for each version.
"""
