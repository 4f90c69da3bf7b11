"""What people say about themselves: handle, public page, time zone."""
