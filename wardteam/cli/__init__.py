"""The command line: one command a file in `commands`; everything heavy is imported when it runs."""
