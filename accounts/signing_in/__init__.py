"""Coming in: sign-up, passwords, codes, other sites, letters, and the limits of trying."""
