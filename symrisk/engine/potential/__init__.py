"""One convex potential: how it is read, when it has a minimiser, and how that is found."""
