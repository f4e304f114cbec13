"""Finding dates: which rounds a span of time needs, on which days and by which host, at what price, and why."""
