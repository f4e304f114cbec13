"""The ledger of commitments: what was promised under each theme, by whom, how it stands, and what was said since."""
