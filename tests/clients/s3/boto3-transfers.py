"""boto3's transfers, checksums, pages, resources and presigned requests against S3; prints what came out as JSON.

Run as `python boto3-transfers.py <endpoint> <access key id> <secret key>`.
"""

import base64
import hashlib
import io
import json
import random
import sys
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, key_id, secret = sys.argv[1:]
MIB = 1024 * 1024


def session_client(**config):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}, **config),
    )


def payload(seed, size):
    return random.Random(seed).randbytes(size)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return "OK"


s3 = session_client()
s3.create_bucket(Bucket="transfers")
parts = TransferConfig(multipart_threshold=6 * MIB, multipart_chunksize=5 * MIB, max_concurrency=8)


def transfers():
    data = payload(1, 43 * MIB + 17)
    seen = []
    s3.upload_fileobj(io.BytesIO(data), "transfers", "threads", Config=parts, Callback=seen.append)
    back = io.BytesIO()
    s3.download_fileobj("transfers", "threads", back, Config=parts)
    head = s3.head_object(Bucket="transfers", Key="threads")
    middle = s3.get_object(Bucket="transfers", Key="threads", Range="bytes=5242870-5242889")["Body"].read()
    s3.copy({"Bucket": "transfers", "Key": "threads"}, "transfers", "copied", Config=parts)
    copied = s3.get_object(Bucket="transfers", Key="copied")["Body"].read()
    # A stream that cannot be rewound, of a length that nobody said.
    class Unseekable(io.RawIOBase):
        def __init__(self):
            self.inner = io.BytesIO(data)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self.inner.readinto(buffer)

    s3.upload_fileobj(Unseekable(), "transfers", "unseekable", Config=parts)
    streamed = s3.get_object(Bucket="transfers", Key="unseekable")["Body"].read()
    return {
        "bytes": back.getvalue() == data,
        "progress": sum(seen) == len(data),
        "parts": head["ETag"].strip('"').split("-")[1],
        "middle": middle == data[5242870:5242890],
        "copied": copied == data,
        "unseekable": streamed == data,
    }


def checksums():
    data = payload(2, 9 * MIB)
    found = {}
    for algorithm in ["CRC32", "SHA1", "SHA256"]:
        extra = {"ChecksumAlgorithm": algorithm}
        key = f"sum-{algorithm}"
        one = s3.put_object(Bucket="transfers", Key=key, Body=data, **extra)
        got = s3.get_object(Bucket="transfers", Key=key, ChecksumMode="ENABLED")
        s3.upload_fileobj(io.BytesIO(data), "transfers", key + "-parts", ExtraArgs=extra, Config=parts)
        many = s3.head_object(Bucket="transfers", Key=key + "-parts", ChecksumMode="ENABLED")
        name = f"Checksum{algorithm}"
        found[algorithm] = {
            "read": got["Body"].read() == data,
            "same": one[name] == got[name],
            "of parts": many["ChecksumType"],
        }
    sha = s3.head_object(Bucket="transfers", Key="sum-SHA256", ChecksumMode="ENABLED")["ChecksumSHA256"]
    found["true"] = base64.b64decode(sha) == hashlib.sha256(data).digest()
    found["wrong"] = code_of(
        s3.put_object, Bucket="transfers", Key="wrong", Body=b"abc", ChecksumSHA256=sha
    )
    by_default = s3.put_object(Bucket="transfers", Key="default", Body=b"abc")
    found["by default"] = "ChecksumCRC32" in by_default
    old = session_client(request_checksum_calculation="when_required", response_checksum_validation="when_required")
    found["when required"] = "ChecksumCRC32" in old.put_object(Bucket="transfers", Key="old", Body=b"abc")
    # An MD5 or a CRC32 is required here, whatever the setting.
    deleted = old.delete_objects(Bucket="transfers", Delete={"Objects": [{"Key": "old"}, {"Key": "never was"}]})
    found["deleted"] = sorted(entry["Key"] for entry in deleted["Deleted"])
    return found


def pages():
    for number in range(25):
        s3.put_object(Bucket="transfers", Key=f"pages/{number // 10}/{number:02}", Body=b"")
    paginator = s3.get_paginator("list_objects_v2")
    keys = [
        entry["Key"]
        for page in paginator.paginate(Bucket="transfers", Prefix="pages/", PaginationConfig={"PageSize": 7})
        for entry in page["Contents"]
    ]
    folders = [
        prefix["Prefix"]
        for page in paginator.paginate(
            Bucket="transfers", Prefix="pages/", Delimiter="/", PaginationConfig={"PageSize": 1}
        )
        for prefix in page.get("CommonPrefixes", [])
    ]
    versions = [
        entry["Key"]
        for page in s3.get_paginator("list_object_versions").paginate(
            Bucket="transfers", Prefix="pages/", PaginationConfig={"PageSize": 4}
        )
        for entry in page["Versions"]
    ]
    return {"keys": len(keys), "in order": keys == sorted(keys), "folders": folders, "versions": versions == keys}


def resources():
    s3_resource = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
    )
    bucket = s3_resource.create_bucket(Bucket="resources")
    bucket.wait_until_exists()
    bucket.Versioning().enable()
    thing = bucket.Object("a/thing")
    first = thing.put(Body=b"one", Metadata={"colour": "blue"})["VersionId"]
    thing.put(Body=b"two")
    thing.wait_until_exists()
    now = thing.get()["Body"].read().decode()
    old = s3_resource.ObjectVersion("resources", "a/thing", first).get()["Body"].read().decode()
    for number in range(1_001):
        bucket.put_object(Key=f"many/{number}", Body=b"")
    bucket.objects.filter(Prefix="many/").delete()
    left = [entry.key for entry in bucket.objects.all()]
    bucket.object_versions.delete()
    bucket.delete()
    bucket.wait_until_not_exists()
    return {"old": old, "now": now, "left": left, "gone": code_of(s3.head_bucket, Bucket="resources")}


def presigned():
    # By default, boto3 presigns in version 2 for us-east-1.
    default = s3.generate_presigned_url("get_object", Params={"Bucket": "transfers", "Key": "default"})
    try:
        urllib.request.urlopen(default)
        refused = "no"
    except urllib.error.HTTPError as error:
        refused = "AWS4-HMAC-SHA256" in error.read().decode()
    version_4 = session_client(signature_version="s3v4")
    url = version_4.generate_presigned_url(
        "put_object", Params={"Bucket": "transfers", "Key": "given ü", "ContentType": "text/plain"}, ExpiresIn=60
    )
    request = urllib.request.Request(url, data=b"by url", method="PUT", headers={"Content-Type": "text/plain"})
    put = urllib.request.urlopen(request).status
    get = version_4.generate_presigned_url("get_object", Params={"Bucket": "transfers", "Key": "given ü"})
    form = version_4.generate_presigned_post(
        "transfers",
        "forms/${filename}",
        Fields={"acl": "bucket-owner-full-control"},
        Conditions=[{"acl": "bucket-owner-full-control"}, ["content-length-range", 1, 100]],
    )
    answers = {}
    for name, content in [("small", b"by form"), ("large", b"x" * 101)]:
        lines = [
            f'--edge\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in form["fields"].items()
        ]
        body = "".join(lines).encode()
        body += f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body += content + b"\r\n--edge--\r\n"
        request = urllib.request.Request(
            form["url"], data=body, headers={"Content-Type": "multipart/form-data; boundary=edge"}
        )
        try:
            answers[name] = urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            answers[name] = error.code
    posted = s3.get_object(Bucket="transfers", Key="forms/small")["Body"].read().decode()
    return {
        "version 2 is refused": refused,
        "put": put,
        "get": urllib.request.urlopen(get).read().decode(),
        "forms": answers,
        "posted": posted,
    }


def conditions():
    put = {"Bucket": "transfers", "Key": "once"}
    etag = s3.put_object(**put, Body=b"1", IfNoneMatch="*")["ETag"]
    return {
        "again": code_of(s3.put_object, **put, Body=b"2", IfNoneMatch="*"),
        "stale": code_of(s3.put_object, **put, Body=b"2", IfMatch='"00000000000000000000000000000000"'),
        "fresh": code_of(s3.put_object, **put, Body=b"2", IfMatch=etag),
        "not modified": code_of(s3.get_object, **put, IfNoneMatch=s3.head_object(**put)["ETag"]),
        "missing": code_of(s3.get_object, Bucket="transfers", Key="none"),
        "no bucket": code_of(s3.list_objects_v2, Bucket="nowhere"),
        "range": code_of(s3.get_object, **put, Range="bytes=5-6"),
    }


sections = [transfers, checksums, pages, resources, presigned, conditions]
print(json.dumps({section.__name__: section() for section in sections}))
