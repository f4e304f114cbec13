"""Delegations of each side, and inviting them: who must hear what of a meeting, and who was told what and when."""
