"""The tree that notes hang in: its commands, and what the explorer makes of it."""
