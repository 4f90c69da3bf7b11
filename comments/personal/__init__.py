"""What the comments hold about one person: handed out, and let go of when the person leaves.

- `traces` finds the rows.
- `archive` and `archive_desk` hand them out.
- `leaving` empties what somebody wrote as a reader, `leaving_desk` what they did as a moderator.
- `unlearning` takes removed words out of what the spam score has learned.
"""
