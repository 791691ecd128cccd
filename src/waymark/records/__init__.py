"""The one Django app: models, QuerySets, constraints, permissions, state tables, migrations."""
