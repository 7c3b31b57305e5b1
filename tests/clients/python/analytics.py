"""Drives Managed Service for Apache Flink through boto3 as it comes, and prints as JSON what it saw."""

import json
import time

import boto3

client = boto3.client("kinesisanalyticsv2")
kinesis = boto3.client("kinesis")
s3 = boto3.client("s3")
name = {"ApplicationName": "words"}
role = "arn:aws:iam::000000000000:role/analytics"
seen = {}


def settled(status, application="words"):
    for _ in range(600):
        detail = client.describe_application(ApplicationName=application)["ApplicationDetail"]
        if detail["ApplicationStatus"] == status:
            return detail
        time.sleep(0.1)
    raise AssertionError(f"{application} is {detail['ApplicationStatus']}, not {status}")


def code(text):
    return {"CodeContentType": "PLAINTEXT", "CodeContent": {"TextContent": text}}


def program(table):
    return f"""
      CREATE TABLE words (id BIGINT, word STRING) WITH ('connector' = 'kinesis', 'stream' = 'flights',
        'aws.region' = 'us-east-1', 'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json');
      CREATE TABLE {table} (id BIGINT, word STRING) WITH ('connector' = 'blackhole');
      INSERT INTO {table} SELECT * FROM words;"""


kinesis.create_stream(StreamName="flights", ShardCount=1)
kinesis.get_waiter("stream_exists").wait(StreamName="flights")
created = client.create_application(
    **name,
    RuntimeEnvironment="FLINK-1_20",
    ServiceExecutionRole=role,
    ApplicationConfiguration={
        "ApplicationCodeConfiguration": code(program("nothing")),
        "EnvironmentProperties": {"PropertyGroups": [{"PropertyGroupId": "g", "PropertyMap": {"k": "v"}}]},
        "FlinkApplicationConfiguration": {
            "ParallelismConfiguration": {"ConfigurationType": "CUSTOM", "Parallelism": 2, "ParallelismPerKPU": 2}
        },
    },
    Tags=[{"Key": "team", "Value": "flights"}],
)["ApplicationDetail"]
arn = created["ApplicationARN"]
seen["created"] = [created["ApplicationStatus"], created["ApplicationVersionId"], created["ApplicationMode"]]

client.start_application(**name, RunConfiguration={"FlinkRunConfiguration": {"AllowNonRestoredState": True}})
settled("RUNNING")
client.create_application_snapshot(**name, SnapshotName="mine")
for _ in range(600):
    snapshot = client.describe_application_snapshot(**name, SnapshotName="mine")["SnapshotDetails"]
    if snapshot["SnapshotStatus"] != "CREATING":
        break
    time.sleep(0.1)
seen["snapshot"] = [snapshot["SnapshotStatus"], snapshot["ApplicationVersionId"]]

updated = client.update_application(
    **name,
    ConditionalToken=settled("RUNNING")["ConditionalToken"],
    ApplicationConfigurationUpdate={
        "ApplicationCodeConfigurationUpdate": {"CodeContentUpdate": {"TextContentUpdate": program("nowhere")}}
    },
)
settled("RUNNING")
operation = client.describe_application_operation(**name, OperationId=updated["OperationId"])
seen["updated"] = operation["ApplicationOperationInfoDetails"]["ApplicationVersionChangeDetails"]
pages = client.get_paginator("list_application_versions").paginate(**name, PaginationConfig={"PageSize": 1})
seen["versions"] = [v["ApplicationVersionId"] for page in pages for v in page["ApplicationVersionSummaries"]]
seen["url"] = "token=" in client.create_application_presigned_url(**name, UrlType="FLINK_DASHBOARD_URL")["AuthorizedUrl"]

client.stop_application(**name)
settled("READY")
pages = client.get_paginator("list_application_operations").paginate(**name)
seen["operations"] = [
    f"{o['Operation']} {o['OperationStatus']}" for page in pages for o in page["ApplicationOperationInfoList"]
]
pages = client.get_paginator("list_application_snapshots").paginate(**name)
seen["snapshots"] = len([s for page in pages for s in page["SnapshotSummaries"]])
seen["tags"] = client.list_tags_for_resource(ResourceARN=arn)["Tags"]

s3.create_bucket(Bucket="apps")
s3.put_object(Bucket="apps", Key="job.jar", Body=b"PK\x05\x06" + bytes(18))
jar = {"S3ContentLocation": {"BucketARN": "arn:aws:s3:::apps", "FileKey": "job.jar"}}
client.create_application(
    ApplicationName="jar",
    RuntimeEnvironment="FLINK-1_20",
    ServiceExecutionRole=role,
    ApplicationConfiguration={
        "ApplicationCodeConfiguration": {"CodeContentType": "ZIPFILE", "CodeContent": jar}
    },
)
started = client.start_application(ApplicationName="jar")
settled("READY", "jar")
failed = client.describe_application_operation(ApplicationName="jar", OperationId=started["OperationId"])
seen["jar"] = failed["ApplicationOperationInfoDetails"]["OperationFailureDetails"]["ErrorInfo"]["ErrorString"][:39]

kinesis.put_record(StreamName="flights", PartitionKey="k", Data=b'{"origin":"ATL","delay":5}')
found = client.discover_input_schema(
    ResourceARN=kinesis.describe_stream_summary(StreamName="flights")["StreamDescriptionSummary"]["StreamARN"],
    ServiceExecutionRole=role,
    InputStartingPositionConfiguration={"InputStartingPosition": "TRIM_HORIZON"},
)
seen["columns"] = [[c["Name"], c["SqlType"]] for c in found["InputSchema"]["RecordColumns"]]
seen["rows"] = found["ParsedInputRecords"]

for attempt in [
    lambda: client.create_application(**name, RuntimeEnvironment="FLINK-1_20", ServiceExecutionRole=role),
    lambda: client.describe_application(ApplicationName="none"),
    lambda: client.stop_application(**name),
    lambda: client.update_application(**name, CurrentApplicationVersionId=1),
    lambda: client.list_applications(NextToken="x"),
    lambda: client.create_application(
        ApplicationName="wrong",
        RuntimeEnvironment="FLINK-1_20",
        ServiceExecutionRole=role,
        ApplicationConfiguration={"ApplicationCodeConfiguration": code("SELEC 1")},
    ),
]:
    try:
        attempt()
    except client.exceptions.ClientError as error:
        seen.setdefault("errors", []).append(error.response["Error"]["Code"])
        assert error.response["Error"]["Message"], error.response

client.delete_application(**name, CreateTimestamp=created["CreateTimestamp"])
for _ in range(600):
    names = [a["ApplicationName"] for a in client.list_applications()["ApplicationSummaries"]]
    if "words" not in names:
        break
    time.sleep(0.1)
seen["left"] = names
print(json.dumps(seen))
