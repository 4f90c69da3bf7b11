"""The desk of comments: queues, one comment with all around it, people, threads, the log."""

from comments.admin import comments, log, people, policy, rules, spam_score, threads

__all__ = ["comments", "log", "people", "policy", "rules", "spam_score", "threads"]
