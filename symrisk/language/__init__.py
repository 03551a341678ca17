"""What an author writes: quantities, regions, relations, claims."""
