"""`python -m numirror`."""

from numirror.cli import main

main()
