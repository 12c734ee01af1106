"""Finding the administrative unit that a name, a code or an address of some date means."""
