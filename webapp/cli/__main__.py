"""`python -m webapp.cli` is `espace-sante`, for processes that know their interpreter and not their PATH."""

from webapp.cli import main

main()
