"""Who may sign in, and who may do what: users, one-time links, sessions, and the one permission table."""
