"""NuMirror: one log, three mirrors."""
