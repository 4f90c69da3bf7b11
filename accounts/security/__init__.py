"""Second factors, sessions and devices, and how an account stands."""
