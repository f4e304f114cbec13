"""Programme files: a partnership written down in YAML, read with the line of every mistake, loaded, compared, exported.

Ships the programmes of this installation as ``*.yaml`` beside the code. The format is described in
``docs/programmes.md``.
"""
