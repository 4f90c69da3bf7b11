"""The Markdown of comments; `comments.rendering` is the door to it."""
