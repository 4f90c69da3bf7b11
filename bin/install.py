"""Bring .venv in step with a requirement file: `bin/with-python bin/install.py FILE`."""

import sys

import environment

if __name__ == "__main__":
    environment.ensure(sys.argv[1])
