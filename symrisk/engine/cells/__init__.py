"""From hypotheses to cells: chains of bounds and the coordinates that follow from them."""
