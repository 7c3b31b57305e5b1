"""What SQLAlchemy's inspector finds with its Redshift dialect, as JSON."""
import json
import sys

import sqlalchemy

engine = sqlalchemy.create_engine(
    f"redshift+redshift_connector://awsuser:any@127.0.0.1:{sys.argv[1]}/dev",
    connect_args={"ssl": False, "sslmode": "disable"},
)
inspector = sqlalchemy.inspect(engine)
print(json.dumps({
    "schemas": inspector.get_schema_names(),
    "tables": inspector.get_table_names("sales"),
    "views": sorted(inspector.get_view_names()),
    "columns": [
        [column["name"], str(column["type"]), column["nullable"], column["info"]]
        for column in inspector.get_columns("users", "sales")
    ],
    "columns of a late-binding view": sorted(column["name"] for column in inspector.get_columns("late")),
    "primary key": inspector.get_pk_constraint("users", "sales"),
    "foreign keys": [
        [key["constrained_columns"], key["referred_schema"], key["referred_table"], key["referred_columns"]]
        for key in inspector.get_foreign_keys("orders")
    ],
    "definition": inspector.get_view_definition("rich").strip(),
    "options": inspector.get_table_options("users", "sales"),
    "there": [inspector.has_table("users", "sales"), inspector.has_table("nothing", "sales")],
}))
