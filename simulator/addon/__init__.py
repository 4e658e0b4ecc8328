"""The simulated add-on service: makes events as Google does, sends them, and judges the answers."""
