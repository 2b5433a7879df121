"""`python -m generator` and `backfile`."""

from generator.cli import main

if __name__ == "__main__":
    main()
