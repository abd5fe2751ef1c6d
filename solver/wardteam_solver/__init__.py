"""The roster engine: rules as limits, and the interpreters that read them. No Flask, no database."""
