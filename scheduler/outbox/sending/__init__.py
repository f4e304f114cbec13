"""Letters on their way: who has which in hand, what came of each attempt, and whose turn it is."""
