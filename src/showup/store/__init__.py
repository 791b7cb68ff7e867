"""The edge that keeps the record: SQLAlchemy tables, migrations and the repository."""
