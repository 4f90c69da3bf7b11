"""Everything that is held about a person: to take it along, and to erase it."""
