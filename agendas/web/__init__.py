"""Pages of this wing, built from the scheduler's kit: a draft agenda, and panels on the pages of others."""
