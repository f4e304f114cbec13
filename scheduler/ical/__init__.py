"""iCalendar, written and read safely: one component at a time out, bounded and suspicious in.

Owns everything that RFC 5545 and the habits of calendar programs ask of the bytes. Which meetings are
written, for whom and how much of them is told, is decided in ``feeds``; who is invited, in ``invitations``.
Pure: every stamp is an argument, and the same input gives the same bytes. The only room that knows the
library ``icalendar``.
"""
