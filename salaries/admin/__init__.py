"""The desk of pay figures."""

from salaries.admin import editions, figures, guides

__all__ = ["editions", "figures", "guides"]
