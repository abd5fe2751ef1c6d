"""One command a file: `build` gives it in a language's words, `run` does it."""
