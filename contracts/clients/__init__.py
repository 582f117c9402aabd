"""The people and companies that the shop works for."""
