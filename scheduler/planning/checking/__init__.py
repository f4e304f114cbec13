"""The parts of the checker: what a plan looks like to it, the rules of one round and of several, limits and prices."""
