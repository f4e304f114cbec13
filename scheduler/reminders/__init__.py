"""Who is reminded of what and when: derived at each tick from what stands and from a ledger of what was said."""
