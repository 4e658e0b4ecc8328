"""Bad days of Google and of the AI: what can go wrong on the way, on demand."""
