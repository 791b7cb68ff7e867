"""showup as a user service of systemd: its unit, the manager that runs it, and the words said to both."""
