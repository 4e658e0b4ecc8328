"""Files that people own and share, kept on disk."""
