"""How the tables of the domain came to be."""
