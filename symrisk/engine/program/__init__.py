"""From a graph of names to a straight-line program."""
