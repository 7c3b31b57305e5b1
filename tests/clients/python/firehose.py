"""Firehose with boto3 as it comes."""

import gzip
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

url = sys.argv[1]
options = {
    "endpoint_url": url,
    "region_name": "us-east-1",
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
    "config": Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
}
firehose = boto3.client("firehose", **options)
s3 = boto3.client("s3", **options)
role = "arn:aws:iam::000000000000:role/firehose"


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return {
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "class": isinstance(error, getattr(firehose.exceptions, error.response["Error"]["Code"], ())),
        }
    except ParamValidationError as error:
        return {"client": str(error)}
    return "none"


def until(holds):
    for _ in range(1200):
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError


def place(**more):
    return {
        "RoleARN": role,
        "BucketARN": "arn:aws:s3:::python",
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
        **more,
    }


def create(name, **more):
    firehose.create_delivery_stream(DeliveryStreamName=name, ExtendedS3DestinationConfiguration=place(**more))
    until(lambda: describe(name)["DeliveryStreamStatus"] == "ACTIVE")


def describe(name):
    return firehose.describe_delivery_stream(DeliveryStreamName=name)["DeliveryStreamDescription"]


def bodies(prefix):
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket="python", Prefix=prefix).get("Contents", [])]
    return [s3.get_object(Bucket="python", Key=key)["Body"].read() for key in keys]


def delivery():
    create("records", Prefix="records/", CompressionFormat="GZIP")
    one = firehose.put_record(DeliveryStreamName="records", Record={"Data": b"one\n"})
    many = firehose.put_record_batch(
        DeliveryStreamName="records", Records=[{"Data": f"{i}\n".encode()} for i in range(500)]
    )
    ids = {one["RecordId"], *(entry["RecordId"] for entry in many["RequestResponses"])}

    def lines():
        text = b"".join(gzip.decompress(body) for body in bodies("records/"))
        return text.decode().splitlines() if text.count(b"\n") == 501 else None

    return {
        "ids": len(ids),
        "failed": many["FailedPutCount"],
        "delivered": sorted(until(lines)) == sorted(["one", *map(str, range(500))]),
    }


def control():
    create("controlled", Prefix="a/")
    before = describe("controlled")
    firehose.update_destination(
        DeliveryStreamName="controlled",
        CurrentDeliveryStreamVersionId=before["VersionId"],
        DestinationId=before["Destinations"][0]["DestinationId"],
        ExtendedS3DestinationUpdate={"Prefix": "b/"},
    )
    after = describe("controlled")
    firehose.tag_delivery_stream(DeliveryStreamName="controlled", Tags=[{"Key": "team", "Value": "data"}])
    tags = firehose.list_tags_for_delivery_stream(DeliveryStreamName="controlled")["Tags"]
    firehose.untag_delivery_stream(DeliveryStreamName="controlled", TagKeys=["team"])
    firehose.start_delivery_stream_encryption(DeliveryStreamName="controlled")
    encryption = lambda: describe("controlled")["DeliveryStreamEncryptionConfiguration"]["Status"]
    until(lambda: encryption() == "ENABLED")
    encrypted = firehose.put_record(DeliveryStreamName="controlled", Record={"Data": b"x"})["Encrypted"]
    firehose.stop_delivery_stream_encryption(DeliveryStreamName="controlled")
    until(lambda: encryption() == "DISABLED")
    first = firehose.list_delivery_streams(Limit=1)
    firehose.delete_delivery_stream(DeliveryStreamName="controlled")
    until(lambda: "controlled" not in firehose.list_delivery_streams()["DeliveryStreamNames"])
    return {
        "versions": [before["VersionId"], after["VersionId"]],
        "prefix": after["Destinations"][0]["ExtendedS3DestinationDescription"]["Prefix"],
        "created": before["CreateTimestamp"].timestamp() > 0,
        "tags": tags,
        "encrypted": encrypted,
        "first": [first["DeliveryStreamNames"], first["HasMoreDeliveryStreams"]],
    }


def errors():
    configuration = place()
    return {
        "missing": refusal(firehose.put_record, DeliveryStreamName="none", Record={"Data": b"x"}),
        "exists": refusal(
            firehose.create_delivery_stream,
            DeliveryStreamName="records",
            ExtendedS3DestinationConfiguration=configuration,
        ),
        "too large": refusal(
            firehose.put_record, DeliveryStreamName="records", Record={"Data": b"x" * 1_024_001}
        ),
        "batch too large": refusal(
            firehose.put_record_batch, DeliveryStreamName="records", Records=[{"Data": b"x" * 1_000_000}] * 5
        ),
        "interval": refusal(
            firehose.create_delivery_stream,
            DeliveryStreamName="x",
            ExtendedS3DestinationConfiguration={
                **configuration,
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 901},
            },
        ),
        "format": refusal(
            firehose.create_delivery_stream,
            DeliveryStreamName="x",
            ExtendedS3DestinationConfiguration={**configuration, "CompressionFormat": "SNAPPY"},
        ),
    }


s3.create_bucket(Bucket="python")
print(json.dumps({"delivery": delivery(), "control": control(), "errors": errors()}))
