"""Writing to a side's own posts what they must hear; what has not left and no longer holds is taken back."""
