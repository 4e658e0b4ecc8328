"""A spreadsheet in the formats of others."""
