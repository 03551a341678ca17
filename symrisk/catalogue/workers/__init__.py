"""Checking in several processes: who takes what (`shares`), one process (`worker`), all of them
(`team`).
"""
