"""The three scenarios: peers side by side, abuse, growth."""
