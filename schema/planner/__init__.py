"""From an operation to SQL: each root field becomes one statement whose JSON is already the answer.

``selection`` collects what is asked, ``arguments`` reads values into bind parameters and the shape of the statement,
``compiler`` builds it, ``plan`` is the compiled text with its parameters, ``cache`` keeps plans, ``running`` runs them.
"""
