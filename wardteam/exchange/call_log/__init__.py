"""Files of call systems: what they are, how their columns are read, their rows as calls or as refusals."""
