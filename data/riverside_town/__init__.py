"""Makes Kawabe (川辺市), the synthetic riverside town; see data/README.md."""
