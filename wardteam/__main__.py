"""Where `wardteam` and `python -m wardteam` begin."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end with its exit code."""
    from wardteam.cli.edge import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
