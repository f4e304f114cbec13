"""Plans that were asked for: the first valid one at once, the cheapest from a worker, which tells how far it is."""
