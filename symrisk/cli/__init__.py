"""The command line, one verb a file; `arguments` declares them all and imports nothing heavy."""
