"""Pure building blocks: namespaces, IRIs, Vietnamese text, partial dates. No I/O."""
