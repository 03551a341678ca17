"""From first principles to the formulas of ridge."""
