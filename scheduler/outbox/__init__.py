"""Letters to send: written with what causes them, sent after it, never silently lost or doubled."""
