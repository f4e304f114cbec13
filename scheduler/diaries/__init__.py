"""Diaries of posts: when a post of the acting side is busy, from calendar files and addresses; and nothing more."""
