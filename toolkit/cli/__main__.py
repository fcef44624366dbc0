"""``python -m toolkit.cli`` is ``newsdesk``, for where scripts are not on the path."""

from toolkit.cli import main

if __name__ == "__main__":
    main()
