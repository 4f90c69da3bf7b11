"""`bin/manage COMMAND`: manage.py with the environment that `make run` uses."""

import os
import sys

import environment


def main() -> None:
    """Make sure that everything is installed, then become manage.py."""
    environment.ensure("requirements.txt")
    environment.prepare_site()
    python = str(environment.PYTHON)
    os.execv(python, [python, str(environment.ROOT / "manage.py"), *sys.argv[1:]])


if __name__ == "__main__":
    main()
