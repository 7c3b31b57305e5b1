"""Crawlers with boto3: every operation, paginators and errors as they come."""

import json
import sys
import time

import boto3
from botocore.exceptions import ClientError

url, key, secret = sys.argv[1:4]


def client(name):
    return boto3.client(
        name,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


glue = client("glue")
s3 = client("s3")


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]
    return []


def ready(name):
    for _ in range(600):
        crawler = glue.get_crawler(Name=name)["Crawler"]
        if crawler["State"] == "READY":
            return crawler
        time.sleep(0.05)
    raise TimeoutError(name)


def put():
    s3.create_bucket(Bucket="lake")
    for day in range(3):
        for hour in range(2):
            rows = [{"id": n, "at": {"x": 1.5}, "tags": ["a"]} for n in range(10)]
            body = "\n".join(json.dumps(row) for row in rows).encode()
            s3.put_object(Bucket="lake", Key=f"events/day={day}/hour={hour}/a.json", Body=body)


put()
glue.create_database(DatabaseInput={"Name": "shop"})
glue.create_crawler(
    Name="events",
    Role="service-role/AWSGlueServiceRole-events",
    DatabaseName="shop",
    Targets={"S3Targets": [{"Path": "s3://lake/events/", "Exclusions": ["**.tmp"]}]},
    Schedule="cron(15 12 * * ? *)",
    TablePrefix="raw_",
    Configuration=json.dumps({"Version": 1.0, "CreatePartitionIndex": True}),
    Tags={"team": "data"},
)
made = glue.get_crawler(Name="events")["Crawler"]
glue.start_crawler(Name="events")
crawled = ready("events")
table = glue.get_table(DatabaseName="shop", Name="raw_events")["Table"]
pages = glue.get_paginator("get_partitions").paginate(
    DatabaseName="shop", TableName="raw_events", Expression="day = '1'"
)
crawls = glue.list_crawls(
    CrawlerName="events",
    Filters=[{"FieldName": "STATE", "FilterOperator": "EQ", "FieldValue": "COMPLETED"}],
)["Crawls"]
glue.stop_crawler_schedule(CrawlerName="events")
stopped = glue.get_crawler(Name="events")["Crawler"]["Schedule"]
glue.start_crawler_schedule(CrawlerName="events")
glue.update_crawler_schedule(CrawlerName="events", Schedule="cron(0 6 ? * MON-FRI *)")
glue.update_crawler(Name="events", Description="what happened")
updated = glue.get_crawler(Name="events")["Crawler"]
metrics = glue.get_crawler_metrics(CrawlerNameList=["events"])["CrawlerMetricsList"][0]
batch = glue.batch_get_crawlers(CrawlerNames=["events", "none"])
result = {
    "role": made["Role"],
    "last": crawled["LastCrawl"]["Status"],
    "columns": {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]},
    "keys": [column["Name"] for column in table["PartitionKeys"]],
    "partitions": sorted(item["Values"] for page in pages for item in page["Partitions"]),
    "summary": json.loads(crawls[0]["Summary"])["PARTITION"]["ADD"]["Count"],
    "stopped": stopped["State"],
    "schedule": updated["Schedule"],
    "version": updated["Version"],
    "created": metrics["TablesCreated"],
    "listed": [
        glue.list_crawlers(Tags={"team": "data"})["CrawlerNames"],
        glue.list_crawlers(Tags={"team": "x"})["CrawlerNames"],
        [item["Name"] for page in glue.get_paginator("get_crawlers").paginate() for item in page["Crawlers"]],
        batch["CrawlersNotFound"],
    ],
    "refusals": [
        refusal(glue.start_crawler, Name="none"),
        refusal(glue.stop_crawler, Name="events"),
        refusal(glue.start_crawler_schedule, CrawlerName="events")[:1],
        refusal(glue.create_crawler, Name="x", Role="r", Targets={}, DatabaseName="shop")[:1],
        refusal(
            glue.create_crawler,
            Name="x",
            Role="r",
            Targets={"DynamoDBTargets": [{"Path": "t"}]},
            DatabaseName="shop",
        ),
    ],
}
glue.delete_crawler(Name="events")
result["left"] = glue.list_crawlers()["CrawlerNames"]
print(json.dumps(result))
