"""Comments that come from elsewhere: another site, or a file that this one wrote."""
