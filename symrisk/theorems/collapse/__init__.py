"""Collapse: models refitted on labels that earlier models made."""
