"""The platform: who may do what to which record, and what happened.

Layers, top to bottom; a module may import what stands below it, never above
(executable copy: the import contracts in ``pyproject.toml``)::

    app, worker, cli → runtime → http → auth → linkage | organizations
        → workflow → access | policy → events | audit → db → canonical → config → core
"""
