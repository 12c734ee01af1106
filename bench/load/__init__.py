"""The load generator: a process of its own that sends requests and takes the time."""
