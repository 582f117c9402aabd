"""Finding atoms by their words, with one meaning on every database: tokens, phrases, rank and snippet."""
