"""Everything that does IO. Knows no domain by name."""
