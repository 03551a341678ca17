"""A quantity along one variable: its interval, its ends, its slope and its sign."""
