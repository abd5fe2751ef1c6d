"""Finding rosters: lexicographic stages, then fix-and-optimise around the best roster so far."""
