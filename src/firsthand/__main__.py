"""Lets `python -m firsthand` do what the command `firsthand` does."""

from firsthand.cli import main

if __name__ == "__main__":
    main()
