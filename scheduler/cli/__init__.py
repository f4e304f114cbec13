"""The command line ``dialogues``: each file translates one subject's commands into queries and actions, and prints."""
