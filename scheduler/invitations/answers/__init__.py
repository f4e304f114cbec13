"""Answers to invitations: what came in by mail or by link, what of it counts, and what needs a person."""
