"""Real zeros, and the signs between them."""
