"""``python -m bus`` is the command ``bus``."""

from bus.cli.entry import main

main()
