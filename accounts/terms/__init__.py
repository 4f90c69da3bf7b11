"""Terms, privacy and rules: their versions, and who agreed to which."""
