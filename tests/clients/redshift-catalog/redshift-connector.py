"""What redshift_connector's metadata calls find in a database, as JSON."""
import json
import sys

import redshift_connector

connection = redshift_connector.connect(
    host="127.0.0.1", port=int(sys.argv[1]), user="awsuser", password="any", database="dev", ssl=False
)
connection.autocommit = True
cursor = connection.cursor()


def rows(found, *columns):
    names = [column[0] for column in cursor.description]
    return [[row[names.index(name)] for name in columns] for row in found]


answers = {
    "catalogs": rows(cursor.get_catalogs(), "TABLE_CAT"),
    "schemas": rows(cursor.get_schemas(), "TABLE_SCHEM"),
    "schemas like": rows(cursor.get_schemas("dev", "sal%"), "TABLE_SCHEM"),
    "tables": rows(cursor.get_tables("dev", "public", None, []), "TABLE_NAME", "TABLE_TYPE", "TABLE_SUBTYPE"),
    "views": rows(cursor.get_tables("dev", "public", "%", ["VIEW"]), "TABLE_NAME"),
    "columns": rows(
        cursor.get_columns("dev", "sales", "users", None),
        "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "IS_NULLABLE", "IS_AUTOINCREMENT", "SORT_KEY", "DIST_KEY",
    ),
    "columns of a late-binding view": rows(cursor.get_columns("dev", "public", "late", None), "COLUMN_NAME", "TYPE_NAME"),
    "primary key": rows(cursor.get_primary_keys("dev", "sales", "users"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"),
    "imported keys": rows(
        cursor.get_imported_keys("dev", "public", "orders"),
        "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "UPDATE_RULE", "DEFERRABILITY",
    ),
    "exported keys": rows(cursor.get_exported_keys("dev", "sales", "users"), "FKTABLE_NAME", "FKCOLUMN_NAME"),
    "functions": rows(cursor.get_functions("dev", "public", None), "FUNCTION_NAME", "SPECIFIC_NAME"),
    "procedures": rows(cursor.get_procedures("dev", "public", None), "PROCEDURE_NAME"),
}
print(json.dumps(answers))
