"""The geometry of drawings, computed on the server: pages need no script to show them."""
