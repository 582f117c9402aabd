"""What the bus costs beside its peers: ``python -m benchmarks``, or ``make bench``.

Each module of ``benchmarks/questions`` asks one question and measures every contender once per round. All rounds
belong to one run (A B C A B C ...), so that a busy machine slows everybody alike: read the ratios, which are taken
within each round, and not the figures. Lines with a "must" or an "aim" are goals of the project.

Not here: whether the code is right (tests/). A timed assertion never stands in a test.
"""
