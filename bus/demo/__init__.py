"""What ``bus demo`` plays: real commands through every way in, and a worker that is killed and recovered from."""
