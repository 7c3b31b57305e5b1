"""Metrics and logs by boto3: prints what it found as JSON. Arguments: endpoint, access key id, secret."""

import datetime
import json
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, key, secret = sys.argv[1:4]


def client(name):
    return boto3.client(
        name,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


def metrics():
    cloudwatch = client("cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    # More than 10,240 bytes, which boto3 sends as gzip.
    data = [{"MetricName": f"metric-{i}", "Value": i, "Unit": "Count"} for i in range(1000)]
    encodings = []
    cloudwatch.meta.events.register(
        "before-send.cloudwatch.PutMetricData",
        lambda request, **_: encodings.append(str(request.headers.get("Content-Encoding"))),
    )
    cloudwatch.put_metric_data(Namespace="python", MetricData=data)
    pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="python")
    statistics = cloudwatch.get_metric_statistics(
        Namespace="python",
        MetricName="metric-999",
        StartTime=now - hour,
        EndTime=now + hour,
        Period=60,
        Statistics=["Sum", "Maximum"],
    )
    results = cloudwatch.get_metric_data(
        StartTime=now - hour,
        EndTime=now + hour,
        MetricDataQueries=[
            {
                "Id": "m",
                "MetricStat": {
                    "Metric": {"Namespace": "python", "MetricName": "metric-7"},
                    "Period": 60,
                    "Stat": "Average",
                },
            },
            {"Id": "e", "Expression": "m * 6"},
        ],
    )
    return {
        "encodings": encodings[:1],
        "listed": sum(len(page["Metrics"]) for page in pages),
        "sums": [point["Sum"] for point in statistics["Datapoints"]],
        "unit": statistics["Datapoints"][0]["Unit"],
        "values": {result["Id"]: result["Values"] for result in results["MetricDataResults"]},
        "reserved": code_of(
            cloudwatch.put_metric_data, Namespace="AWS/X", MetricData=[{"MetricName": "x", "Value": 1}]
        ),
        "not there": code_of(cloudwatch.delete_dashboards, DashboardNames=["x"]),
    }


def logs():
    service = client("logs")
    service.create_log_group(logGroupName="python", tags={"a": "1"})
    service.create_log_stream(logGroupName="python", logStreamName="s")
    now = int(datetime.datetime.now().timestamp() * 1000)
    events = [{"timestamp": now + i, "message": f"line {i} Grüße"} for i in range(25)]
    service.put_log_events(logGroupName="python", logStreamName="s", logEvents=events)
    pages = service.get_paginator("filter_log_events").paginate(
        logGroupName="python", filterPattern="Grüße", PaginationConfig={"PageSize": 10}
    )
    found = [event["message"] for page in pages for event in page["events"]]
    arn = service.describe_log_groups()["logGroups"][0]["logGroupArn"]
    return {
        "found": found == [event["message"] for event in events],
        "tags": service.list_tags_for_resource(resourceArn=arn)["tags"],
        "exists": code_of(service.create_log_group, logGroupName="python"),
        "not there": code_of(service.describe_queries),
    }


print(json.dumps({"metrics": metrics(), "logs": logs()}))
