"""Other times that somebody invited proposes: what came, what speaks against it, and what a person decides."""
