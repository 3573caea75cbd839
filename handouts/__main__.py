"""`python -m handouts`."""

import gc
import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is being imported ends it as quietly as later."""
    # One process for one command: what it imports stays to the end, and looking through it for garbage finds none.
    gc.set_threshold(50_000, 20, 100)
    try:
        from handouts.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
