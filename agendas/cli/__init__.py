"""The commands of this wing, one file for each subject: they parse, call one query or action, and print."""
