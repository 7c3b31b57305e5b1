"""Asks objects with S3 Select as an application would, and prints what it saw as JSON."""

import json
import sys

import boto3
from botocore.exceptions import EventStreamError

s3 = boto3.client(
    "s3",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
BUCKET = "python-questions"
s3.create_bucket(Bucket=BUCKET)
s3.put_object(Bucket=BUCKET, Key="people.csv", Body="name,age\nAda,36\nGrace,85\n")
s3.put_object(Bucket=BUCKET, Key="late.csv", Body="n\n" + "1\n" * 900_000 + "x\n")


def select(key, expression):
    answer = s3.select_object_content(
        Bucket=BUCKET,
        Key=key,
        Expression=expression,
        ExpressionType="SQL",
        InputSerialization={"CSV": {"FileHeaderInfo": "USE"}},
        OutputSerialization={"CSV": {}},
    )
    text, kinds, scanned = b"", [], None
    for event in answer["Payload"]:
        kinds.extend(event)
        text += event.get("Records", {}).get("Payload", b"")
        scanned = event.get("Stats", {}).get("Details", {}).get("BytesScanned", scanned)
    return {"text": text.decode(), "kinds": kinds, "scanned": scanned}


seen = {"people": select("people.csv", "SELECT s.name FROM s3object s WHERE CAST(s.age AS INT) > 40")}
try:
    select("late.csv", "SELECT CAST(s.n AS INT) FROM s3object s")
except EventStreamError as error:
    seen["within"] = error.response["Error"]["Code"]
try:
    select("late.csv", "SELECT s.m FROM s3object s")
except s3.exceptions.ClientError as error:
    seen["before"] = [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
print(json.dumps(seen))
