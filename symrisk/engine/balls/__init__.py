"""Programs on exact rationals and in ball arithmetic."""
