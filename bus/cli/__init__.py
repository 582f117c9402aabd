"""The command ``bus``. One module a subcommand, imported when it is used; entry.py is where it begins.

Data goes to standard output, everything else to standard error. Exit status: 0 when it worked, 1 when a command
failed or the set-up is wrong, 2 when the command line is wrong, 130 after an interrupt.
"""
