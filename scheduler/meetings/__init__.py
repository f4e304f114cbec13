"""Rounds: their state, slot, host and history, the duties each discharges, and what is owed in the light of them."""
