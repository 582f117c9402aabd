"""The second factor: an authenticator's codes and backup codes, each good for once."""
