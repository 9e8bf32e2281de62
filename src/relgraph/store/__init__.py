"""Build, publish and find the Oxigraph dataset: ``files`` where it lives, ``build`` how it is filled."""
