"""Commands of `vndx`: one module for one command group, mounted by `main`."""
