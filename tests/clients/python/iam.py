"""Uses IAM and STS through boto3 as it comes, and prints as JSON what it saw. argv: endpoint, key id, secret."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole"}],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "kinesis:List*", "Resource": "*"}],
}


def clients(key, secret, token=None):
    session = boto3.Session(key, secret, token, region_name="us-east-1")
    return {name: session.client(name, endpoint_url=sys.argv[1]) for name in ("iam", "sts", "kinesis")}


def code_of(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "OK"


root = clients(*sys.argv[2:4])
iam = root["iam"]
seen = {}

iam.create_user(UserName="jo", Path="/team/", Tags=[{"Key": "unit", "Value": "a"}])
iam.get_waiter("user_exists").wait(UserName="jo")
policy = iam.create_policy(PolicyName="read", PolicyDocument=json.dumps(READ))["Policy"]
iam.attach_user_policy(UserName="jo", PolicyArn=policy["Arn"])
document = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]["Document"]
seen["the document is decoded"] = document == READ
key = iam.create_access_key(UserName="jo")["AccessKey"]
jo = clients(key["AccessKeyId"], key["SecretAccessKey"])
seen["who"] = jo["sts"].get_caller_identity()["Arn"]
seen["may list"] = code_of(jo["kinesis"].list_streams)
seen["may create"] = code_of(lambda: jo["kinesis"].create_stream(StreamName="x", ShardCount=1))
seen["may assume"] = code_of(
    lambda: jo["sts"].assume_role(RoleArn="arn:aws:iam::111111111111:role/app", RoleSessionName="one")
)

role = iam.create_role(RoleName="app", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
seen["the trust is decoded"] = role["AssumeRolePolicyDocument"] == TRUST
iam.put_role_policy(RoleName="app", PolicyName="p", PolicyDocument=json.dumps(READ))
got = root["sts"].assume_role(RoleArn=role["Arn"], RoleSessionName="one")["Credentials"]
app = clients(got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"])
seen["the session"] = app["sts"].get_caller_identity()["Arn"]
seen["the session may list"] = code_of(app["kinesis"].list_streams)
seen["the session may create"] = code_of(lambda: app["kinesis"].create_stream(StreamName="x", ShardCount=1))

for i in range(25):
    iam.create_group(GroupName=f"group-{i:02}")
pages = list(iam.get_paginator("list_groups").paginate(PaginationConfig={"PageSize": 10}))
names = [group["GroupName"] for page in pages for group in page["Groups"]]
seen["pages"] = [len(page["Groups"]) for page in pages]
seen["in order"] = names == sorted(names)

exceptions = iam.exceptions
for name, call, expected in [
    ("missing", lambda: iam.get_user(UserName="nobody"), exceptions.NoSuchEntityException),
    ("exists", lambda: iam.create_user(UserName="JO"), exceptions.EntityAlreadyExistsException),
    ("conflict", lambda: iam.delete_user(UserName="jo"), exceptions.DeleteConflictException),
    (
        "malformed",
        lambda: iam.create_policy(PolicyName="x", PolicyDocument="{}"),
        exceptions.MalformedPolicyDocumentException,
    ),
]:
    try:
        call()
        seen[name] = "no error"
    except expected:
        seen[name] = True

print(json.dumps(seen))
