"""Uses Kinesis through boto3 as it comes, and prints as JSON what it saw. argv: the endpoint."""

import datetime
import hashlib
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

kinesis = boto3.client(
    "kinesis",
    endpoint_url=sys.argv[1],
    region_name="eu-central-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(retries={"total_max_attempts": 10, "mode": "standard"}),
)
SHARD = "shardId-000000000000"


def create(name, shards=1):
    kinesis.create_stream(StreamName=name, ShardCount=shards)
    kinesis.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})


def read(name, shard=SHARD, **position):
    position = position or {"ShardIteratorType": "TRIM_HORIZON"}
    iterator = kinesis.get_shard_iterator(StreamName=name, ShardId=shard, **position)["ShardIterator"]
    records = []
    while iterator:
        page = kinesis.get_records(ShardIterator=iterator)
        records += page["Records"]
        if not page["Records"] and page["MillisBehindLatest"] == 0:
            break
        iterator = page.get("NextShardIterator")
    return records


def error_of(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        known = isinstance(error, getattr(kinesis.exceptions, error.response["Error"]["Code"], ()))
        return {
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "class": known,
        }
    return None


def put_and_get():
    create("py-put")
    before = datetime.datetime.now(datetime.timezone.utc)
    payloads = [b"", bytes(range(256)), "Grüße 🛰".encode(), b"x" * 1_000_000]
    numbers = [
        kinesis.put_record(StreamName="py-put", PartitionKey="Schlüssel 🔑", Data=data)["SequenceNumber"]
        for data in payloads
    ]
    records = read("py-put")
    middle = read("py-put", ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[2])
    since = read("py-put", ShardIteratorType="AT_TIMESTAMP", Timestamp=before)
    arrivals = [record["ApproximateArrivalTimestamp"] for record in records]
    # boto3 gives whole milliseconds, and the clock of the test has more digits.
    early = before - datetime.timedelta(milliseconds=1)
    return {
        "data": [record["Data"] for record in records] == payloads,
        "keys": [record["PartitionKey"] for record in records] == ["Schlüssel 🔑"] * 4,
        "numbers": [record["SequenceNumber"] for record in records] == numbers,
        "from the middle": [record["SequenceNumber"] for record in middle] == numbers[2:],
        "since": len(since) == 4,
        "arrivals": arrivals == sorted(arrivals) and early <= arrivals[0] <= datetime.datetime.now(datetime.timezone.utc),
    }


def batches():
    create("py-batch", 4)
    sent = 0
    for batch in range(6):
        records = [{"PartitionKey": f"key-{i % 50}", "Data": f"{batch}:{i}".encode()} for i in range(500)]
        answer = kinesis.put_records(StreamName="py-batch", Records=records)
        assert answer["FailedRecordCount"] == 0, answer
        sent += len(answer["Records"])
    shards = [shard["ShardId"] for page in kinesis.get_paginator("list_shards").paginate(StreamName="py-batch") for shard in page["Shards"]]
    by_shard = {shard: read("py-batch", shard) for shard in shards}
    in_order = True
    for records in by_shard.values():
        places = {}
        for record in records:
            place = tuple(map(int, record["Data"].decode().split(":")))
            in_order = in_order and places.get(record["PartitionKey"], (-1, -1)) < place
            places[record["PartitionKey"]] = place
    return {"all": sum(map(len, by_shard.values())) == sent == 3000, "in order": in_order, "shards used": sum(map(bool, by_shard.values()))}


def paginators():
    for i in range(7):
        kinesis.create_stream(StreamName=f"py-page-{i}", ShardCount=1)
    pages = list(kinesis.get_paginator("list_streams").paginate(PaginationConfig={"PageSize": 3}))
    names = [name for page in pages for name in page["StreamNames"] if name.startswith("py-page-")]
    kinesis.get_waiter("stream_exists").wait(StreamName="py-page-6", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    kinesis.delete_stream(StreamName="py-page-6")
    kinesis.get_waiter("stream_not_exists").wait(StreamName="py-page-6", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    described = list(kinesis.get_paginator("describe_stream").paginate(StreamName="py-batch", PaginationConfig={"PageSize": 2}))
    return {
        "names": names == [f"py-page-{i}" for i in range(7)],
        "several pages": len(pages) >= 3,
        "shards": [shard["ShardId"] for page in described for shard in page["StreamDescription"]["Shards"]]
        == [f"shardId-{i:012d}" for i in range(4)],
    }


def consumers_and_tags():
    create("py-tags")
    arn = kinesis.describe_stream_summary(StreamName="py-tags")["StreamDescriptionSummary"]["StreamARN"]
    kinesis.tag_resource(ResourceARN=arn, Tags={"team": "blue"})
    consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="reader")["Consumer"]
    listed = [c["ConsumerName"] for page in kinesis.get_paginator("list_stream_consumers").paginate(StreamARN=arn) for c in page["Consumers"]]
    return {
        "arn": arn == "arn:aws:kinesis:eu-central-1:000000000000:stream/py-tags",
        "tags": kinesis.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "team", "Value": "blue"}],
        "consumer": listed == ["reader"] and consumer["ConsumerARN"].startswith(f"{arn}/consumer/reader:"),
    }


def subscriptions():
    create("py-push")
    arn = kinesis.describe_stream_summary(StreamName="py-push")["StreamDescriptionSummary"]["StreamARN"]
    consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="reader")["Consumer"]["ConsumerARN"]
    while kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] != "ACTIVE":
        pass
    kinesis.put_records(StreamName="py-push", Records=[{"PartitionKey": "k", "Data": b"%d" % i} for i in range(20)])
    stream = kinesis.subscribe_to_shard(ConsumerARN=consumer, ShardId=SHARD, StartingPosition={"Type": "TRIM_HORIZON"})["EventStream"]
    got = []
    for event in stream:
        got += [int(record["Data"]) for record in event["SubscribeToShardEvent"]["Records"]]
        if len(got) >= 20:
            stream.close()
            break
    return {"records": got == list(range(20))}


def errors():
    return {
        "missing": error_of(kinesis.describe_stream, StreamName="nowhere"),
        "exists": error_of(kinesis.create_stream, StreamName="py-put", ShardCount=1),
        "iterator": error_of(kinesis.get_records, ShardIterator="made up"),
        "pattern": error_of(kinesis.create_stream, StreamName="no spaces", ShardCount=1),
    }


def routing():
    create("py-route", 3)
    ranges = [
        (shard["ShardId"], int(shard["HashKeyRange"]["StartingHashKey"]), int(shard["HashKeyRange"]["EndingHashKey"]))
        for shard in kinesis.list_shards(StreamName="py-route")["Shards"]
    ]
    wrong = []
    for i in range(60):
        key = f"key {i}"
        place = int(hashlib.md5(key.encode()).hexdigest(), 16)
        shard = kinesis.put_record(StreamName="py-route", PartitionKey=key, Data=b"x")["ShardId"]
        if shard != next(name for name, start, end in ranges if start <= place <= end):
            wrong.append(key)
    return {"wrong": wrong}


verdict = {
    "put and get": put_and_get(),
    "batches": batches(),
    "paginators": paginators(),
    "consumers and tags": consumers_and_tags(),
    "subscriptions": subscriptions(),
    "errors": errors(),
    "routing": routing(),
}
print(json.dumps(verdict))
