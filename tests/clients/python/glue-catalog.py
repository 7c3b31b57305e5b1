"""The data catalog with boto3: databases, tables, versions, partitions by filters, paginators and errors as they come."""

import json
import sys
import time

import boto3
from botocore.exceptions import ClientError

url, key, secret = sys.argv[1:4]
glue = boto3.client(
    "glue",
    endpoint_url=url,
    region_name="us-east-1",
    aws_access_key_id=key,
    aws_secret_access_key=secret,
)
table = {"DatabaseName": "shop", "TableName": "orders"}


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]
    return []


def make():
    glue.create_database(DatabaseInput={"Name": "Shop", "Description": "what was sold"})
    glue.create_table(
        DatabaseName="shop",
        TableInput={
            "Name": "Orders",
            "TableType": "EXTERNAL_TABLE",
            "PartitionKeys": [{"Name": "day", "Type": "date"}, {"Name": "city", "Type": "string"}],
            "StorageDescriptor": {
                "Columns": [{"Name": "id", "Type": "bigint"}, {"Name": "price", "Type": "decimal(10,2)"}],
                "Location": "s3://lake/orders/",
                "SerdeInfo": {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe"},
            },
            "Parameters": {"classification": "json"},
        },
    )
    for month in range(1, 13):
        created = glue.batch_create_partition(
            **table,
            PartitionInputList=[
                {"Values": [f"2024-{month:02}-{day:02}", city], "StorageDescriptor": {"Location": "s3://lake/"}}
                for day in range(1, 26)
                for city in ("Rome", "Oslo", "Köln", "O'Fallon")
            ],
        )
        assert created["Errors"] == [], created["Errors"]


def values(expression, **more):
    pages = glue.get_paginator("get_partitions").paginate(**table, Expression=expression, **more)
    return [partition["Values"] for page in pages for partition in page["Partitions"]]


def index():
    glue.create_partition_index(**table, PartitionIndex={"IndexName": "by-city", "Keys": ["city", "day"]})
    for _ in range(100):
        indexes = glue.get_partition_indexes(**table)["PartitionIndexDescriptorList"]
        if indexes[0]["IndexStatus"] == "ACTIVE":
            return indexes[0]["Keys"]
        time.sleep(0.1)
    return None


def versions():
    found = glue.get_table(DatabaseName="shop", Name="orders")["Table"]
    wanted = ("Name", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters")
    update = {"DatabaseName": "shop", "TableInput": {**{k: found[k] for k in wanted}, "Description": "new"}}
    glue.update_table(**update, VersionId="0")
    stale = refusal(glue.update_table, **update, VersionId="0")
    listed = glue.get_paginator("get_table_versions").paginate(**table).build_full_result()["TableVersions"]
    return [[version["VersionId"] for version in listed], stale[0]]


filters = {
    "one": "day = '2024-02-03' AND city = 'Köln'",
    "range": "day BETWEEN '2024-03-01' AND '2024-03-02' AND city IN ('Rome', 'O''Fallon')",
    "like": "city LIKE 'O%' AND NOT (day < '2024-12-25')",
    "or": "(day = '2024-01-01' OR day >= '2024-12-25') AND city <> 'Oslo' AND city IS NOT NULL",
    "none": "city IS NULL",
}
make()
before = {name: sorted(values(expression)) for name, expression in filters.items()}
keys = index()
after = {name: sorted(values(expression)) for name, expression in filters.items()}
print(
    json.dumps(
        {
            "one": after["one"],
            "counts": {name: len(found) for name, found in after.items()},
            "same with the index": before == after,
            "index": [key["Name"] for key in keys],
            "all": len(values("")),
            "small pages": len(values("city = 'Rome'", PaginationConfig={"PageSize": 7})),
            "segments": sum(
                len(values("", Segment={"SegmentNumber": number, "TotalSegments": 3})) for number in range(3)
            ),
            "versions": versions(),
            "search": [found["Name"] for found in glue.search_tables(SearchText="openx")["TableList"]]
            + [found["Name"] for found in glue.search_tables(SearchText="json")["TableList"]],
            "refusals": [
                refusal(glue.get_table, DatabaseName="shop", Name="none"),
                refusal(glue.create_database, DatabaseInput={"Name": "shop"}),
                refusal(glue.get_partitions, **table, Expression="month = 1"),
                refusal(glue.get_partitions, **table, Expression="day = 'soon'"),
                refusal(glue.get_partition, **table, PartitionValues=["2024-02-03", "Paris"]),
            ],
            "deleted": glue.batch_delete_table(DatabaseName="shop", TablesToDelete=["orders", "none"])["Errors"],
            "databases": [found["Name"] for found in glue.get_databases()["DatabaseList"]],
        }
    )
)
