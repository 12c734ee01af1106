"""What comes out: tables for people, JSON for programs."""
