"""``python -m graph.cli`` is the command line `vndx`."""

from graph.cli.main import main

if __name__ == "__main__":
    main()
