"""Each method's certificate again, by other means."""
