"""Column generation over personal rosters: a column is one nurse's whole period."""
