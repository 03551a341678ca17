"""What words mean: ids, their ends and slips, searches, and what is chosen by them."""
