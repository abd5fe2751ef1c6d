"""The quality report of a ward: what was captured, turned part by part into blocks without a language."""
