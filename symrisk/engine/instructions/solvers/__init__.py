"""What instructions that solve are made of: polynomials, systems, and blocks over a law."""
