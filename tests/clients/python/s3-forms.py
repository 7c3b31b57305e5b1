"""Uploads by a form that boto3 has signed. Prints JSON. Usage: s3-forms.py URL ACCESS_KEY_ID SECRET_ACCESS_KEY"""

import json
import re
import sys
import urllib.request
import urllib.error
import uuid

import boto3
from botocore.config import Config

url, access_key_id, secret_access_key = sys.argv[1:4]
s3 = boto3.client(
    "s3",
    endpoint_url=url,
    region_name="us-east-1",
    aws_access_key_id=access_key_id,
    aws_secret_access_key=secret_access_key,
    config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
)


def send(post, content, **changed):
    """Sends the form as a browser would, the file last; answers the status and the error's code."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {**post["fields"], **changed}.items()
    ]
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n".encode() + content + f"\r\n--{edge}--\r\n".encode()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    request = urllib.request.Request(post["url"], b"".join(parts), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return [answer.status, None]
    except urllib.error.HTTPError as error:
        code = re.search("<Code>(.*?)</Code>", error.read().decode())
        return [error.code, code and code.group(1)]


s3.create_bucket(Bucket="forms")
post = s3.generate_presigned_post(
    "forms",
    "photos/${filename}",
    Fields={"x-amz-meta-by": "boto3"},
    Conditions=[["content-length-range", 1, 10], {"x-amz-meta-by": "boto3"}],
    ExpiresIn=60,
)
print(
    json.dumps(
        {
            "put": send(post, b"\xff\xd8\xff"),
            "object": s3.get_object(Bucket="forms", Key="photos/photo.jpg")["Body"].read().hex(),
            "metadata": s3.head_object(Bucket="forms", Key="photos/photo.jpg")["Metadata"],
            "large": send(post, b"x" * 11),
            "moved": send(post, b"x", key="elsewhere"),
            "forged": send(post, b"x", **{"x-amz-signature": "0" * 64}),
        }
    )
)
