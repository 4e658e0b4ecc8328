"""Judges card JSON as Google does: from its own schemas, and from what its reference says beside them."""
