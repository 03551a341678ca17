"""Names: what defines them, what each means where several speak of it, and what a call asks for."""
