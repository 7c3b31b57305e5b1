"""Drives the Redshift Data API through boto3 and awswrangler as they come, and prints as JSON what it saw."""

import json

import awswrangler as wr
import boto3
from botocore.exceptions import ClientError

client = boto3.client("redshift-data")
target = {"ClusterIdentifier": "millrace", "Database": "dev", "DbUser": "awsuser"}
seen = {}


def run(sql, **more):
    answer = client.execute_statement(**{**target, "Sql": sql, "WaitTimeSeconds": 30, **more})
    return client.describe_statement(Id=answer["Id"], WaitTimeSeconds=30)


run("create table sales (id bigint, item varchar(20), price numeric(8,2), sold timestamp, paid boolean)")
parameters = [{"name": "id", "value": "9223372036854775807"}, {"name": "item", "value": "it's"}]
inserted = run("insert into sales values (:id, :item, 9.50, '2026-01-02 03:04:05', true)", Parameters=parameters)
seen["inserted"] = [inserted["Status"], inserted["ResultRows"], inserted["QueryParameters"] == parameters]
run("insert into sales values (2, null, 1, null, false)")

selected = run("select * from sales order by price desc")
seen["records"] = client.get_statement_result(Id=selected["Id"])["Records"]
csv = run("select id, item from sales order by id", ResultFormat="CSV")
seen["csv"] = client.get_statement_result_v2(Id=csv["Id"])["Records"][0]["CSVRecords"]

batch = client.batch_execute_statement(**target, Sqls=["select 1 as a", "select 2 as b"], WaitTimeSeconds=30)
parts = client.describe_statement(Id=batch["Id"])["SubStatements"]
seen["batch"] = [client.get_statement_result(Id=part["Id"])["Records"][0][0]["longValue"] for part in parts]

pages = client.get_paginator("list_tables").paginate(**target, SchemaPattern="public")
seen["tables"] = [table for page in pages for table in page["Tables"]]
pages = client.get_paginator("describe_table").paginate(**target, Schema="public", Table="sales")
seen["columns"] = [column["typeName"] for page in pages for column in page["ColumnList"]]
seen["databases"] = "dev" in client.list_databases(**target)["Databases"]
seen["schemas"] = "public" in client.list_schemas(**target)["Schemas"]

identity = run("select current_user as who", DbUser="awsuser")
seen["user"] = client.get_statement_result(Id=identity["Id"])["Records"][0][0]["stringValue"]
without = client.execute_statement(ClusterIdentifier="millrace", Database="dev", Sql="select 1")
seen["identity"] = without["DbUser"]

failed = run("select * from nope")
seen["failed"] = [failed["Status"], failed["Error"]]
try:
    client.get_statement_result(Id=failed["Id"])
except client.exceptions.ResourceNotFoundException as error:
    seen["no result"] = [str(error.response["Message"]), error.response["ResourceId"] == failed["Id"]]
try:
    client.execute_statement(WorkgroupName="serverless", Database="dev", Sql="select 1")
except ClientError as error:
    seen["serverless"] = error.response["Error"]["Code"]

connection = wr.data_api.redshift.connect(cluster_id="millrace", database="dev", db_user="awsuser")
frame = wr.data_api.redshift.read_sql_query("select id as number, item, paid from sales order by id", con=connection)
seen["frame"] = {"columns": list(frame.columns), "items": list(frame["item"].fillna("NULL")), "rows": len(frame)}

print(json.dumps(seen))
