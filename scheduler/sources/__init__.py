"""Documents and the passages in them that say what was promised, and the events that they date once.

A passage is a pointer (heading and offsets), never a quotation.
"""
