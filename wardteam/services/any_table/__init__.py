"""Statistics of any table or of typed figures: read, choose by the written rules, answer with everything."""
