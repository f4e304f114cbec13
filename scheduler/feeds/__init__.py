"""Calendar feeds: secret addresses that can be revoked, what each tells of a meeting, and the bytes kept of it."""
