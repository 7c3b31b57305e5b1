"""The data lake libraries: awswrangler and PyIceberg on S3 and the Glue catalog, as their users write them."""

import datetime
import json
import sys
import warnings

import awswrangler as wr
import boto3
import pandas as pd
import pyarrow as pa
from pyiceberg.catalog import load_catalog
from pyiceberg.exceptions import NamespaceNotEmptyError, NoSuchTableError, TableAlreadyExistsError
from pyiceberg.types import LongType

warnings.simplefilter("ignore")
url = sys.argv[1]
bucket = "lake"
cities = ["Rome", "O'Neil", "100%_x", "Zürich"]


def frame(rows, start=0):
    ids = range(start, start + rows)
    return pd.DataFrame(
        {
            "id": list(ids),
            "name": [f"n'{i}" for i in ids],
            "at": [datetime.date(2024, 1, 1 + i % 28) for i in ids],
            "price": [i / 4 if i % 3 else None for i in ids],
            "day": [i % 5 for i in ids],
            "city": [cities[i % 4] for i in ids],
        }
    )


def sales(rows, start=0, more=None, **options):
    data = frame(rows, start).assign(**(more or {}))
    options = {"mode": "append", **options}
    return wr.s3.to_parquet(
        data, path=f"s3://{bucket}/sales/", dataset=True, database="shop", table="sales",
        partition_cols=["day", "city"], **options,
    )


def read(**options):
    return wr.s3.read_parquet_table(database="shop", table="sales", validate_schema=False, **options)


def wrangler():
    wr.catalog.create_database("shop", exist_ok=True, description="what is sold")
    wr.catalog.create_database("shop", exist_ok=True)
    found = {}
    sales(200, glue_table_settings={"description": "each sale", "columns_comments": {"id": "its number"}})
    table = read()
    found["rows"] = [len(table), table["id"].nunique()]
    found["types"] = wr.catalog.get_table_types("shop", "sales")
    found["comment"] = wr.catalog.get_columns_comments("shop", "sales")["id"]
    found["partitions"] = len(wr.catalog.get_partitions("shop", "sales"))
    selected = wr.catalog.get_partitions("shop", "sales", expression="day > 2 AND city LIKE 'O''%'")
    found["selected"] = sorted(selected.values())
    one = read(partition_filter=lambda p: p["day"] == "2" and p["city"] == "100%_x")
    found["one partition"] = [len(one), sorted(set(one["id"] % 20))]
    sales(40, 200, {"more": 7}, schema_evolution=True)
    found["evolved"] = [len(read()), int(read()["more"].sum()), "more" in wr.catalog.get_table_types("shop", "sales")]
    sales(20, 1000, {"more": 8}, mode="overwrite_partitions")
    found["overwritten partitions"] = sorted(read()["id"])[0]
    sales(60, mode="overwrite", catalog_versioning=True)
    found["overwritten"] = [len(read()), wr.catalog.get_table_number_of_versions("shop", "sales") > 1]
    wr.catalog.upsert_table_parameters({"owner": "it's me"}, "shop", "sales")
    found["parameter"] = wr.catalog.get_table_parameters("shop", "sales")["owner"]
    wr.catalog.add_column("shop", "sales", "extra", "bigint", "added")
    wr.catalog.delete_column("shop", "sales", "extra")
    wr.s3.to_csv(frame(20)[["id", "name", "day"]], path=f"s3://{bucket}/csv/", dataset=True, database="shop",
                 table="plain", partition_cols=["day"], index=False)
    found["csv"] = sorted(wr.catalog.get_csv_partitions("shop", "plain").values())
    _, keys, places = wr.s3.store_parquet_metadata(
        path=f"s3://{bucket}/sales/", database="shop", table="again", dataset=True)
    found["from files"] = [keys, len(places)]
    wr.s3.to_parquet(pd.DataFrame({"a": range(250), "p": range(250)}), path=f"s3://{bucket}/many/", dataset=True,
                     database="shop", table="many", partition_cols=["p"], max_rows_by_file=None)
    found["many"] = [len(wr.catalog.get_partitions("shop", "many")),
                     list(wr.catalog.get_partitions("shop", "many", expression="p = 249").values())]
    wr.catalog.delete_all_partitions("many", "shop")
    found["none"] = len(wr.catalog.get_partitions("shop", "many"))
    found["tables"] = sorted(t["Name"] for t in wr.catalog.get_tables(database="shop"))
    found["contains"] = [t["Name"] for t in wr.catalog.get_tables(database="shop", name_contains="ale")]
    found["deleted"] = [wr.catalog.delete_table_if_exists("shop", "sales"),
                        wr.catalog.delete_table_if_exists("shop", "sales"),
                        wr.catalog.does_table_exist("shop", "sales")]
    wr.catalog.delete_database("shop")
    return found


def refused(call, kind):
    try:
        call()
    except kind:
        return True
    return False


def iceberg():
    secrets = {"access-key-id": "test", "secret-access-key": "test", "region": "us-east-1", "endpoint": url}
    settings = {f"{part}.{key}": value for part in ("glue", "s3") for key, value in secrets.items()}
    catalog = load_catalog("lake", type="glue", **settings)
    catalog.create_namespace("ice", {"location": f"s3://{bucket}/ice", "owner": "me"})
    catalog.update_namespace_properties("ice", removals={"owner"}, updates={"purpose": "test"})
    rows = pa.table({"id": [1, 2, 3], "name": ["a", "b", None]})
    table = catalog.create_table("ice.t", schema=rows.schema)
    found = {"twice": refused(lambda: catalog.create_table("ice.t", schema=rows.schema), TableAlreadyExistsError)}
    table.append(rows)
    # Two writers that have read the same version: the catalog refuses one, which tries again.
    first, second = catalog.load_table("ice.t"), catalog.load_table("ice.t")
    first.append(rows)
    second.append(rows)
    with catalog.load_table("ice.t").update_schema() as change:
        change.add_column("more", LongType())
    catalog.rename_table("ice.t", "ice.u")
    scanned = catalog.load_table("ice.u").scan(row_filter="id > 1").to_arrow()
    found["rows"] = [scanned.num_rows, scanned.column_names]
    found["properties"] = catalog.load_namespace_properties("ice")
    found["tables"] = catalog.list_tables("ice")
    found["not empty"] = refused(lambda: catalog.drop_namespace("ice"), NamespaceNotEmptyError)
    catalog.drop_table("ice.u")
    found["gone"] = refused(lambda: catalog.load_table("ice.u"), NoSuchTableError)
    catalog.drop_namespace("ice")
    return found


boto3.client("s3").create_bucket(Bucket=bucket)
print(json.dumps({"wrangler": wrangler(), "iceberg": iceberg()}, default=int))
