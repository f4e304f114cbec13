"""What an agenda says, version by version: items, how two versions differ, and how three of them become one."""
