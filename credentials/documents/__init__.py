"""The documents that Parchemin builds: values in, unsigned document out; one module a kind."""
