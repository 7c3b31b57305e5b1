"""DynamoDB with boto3: the table resource and its batch writer, conditions, paginators and waiters as they come."""

import json
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

url = sys.argv[1]
session = boto3.Session(
    aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
)
resource = session.resource("dynamodb", endpoint_url=url)
client = session.client("dynamodb", endpoint_url=url)


def make():
    table = resource.create_table(
        TableName="orders",
        KeySchema=[
            {"AttributeName": "customer", "KeyType": "HASH"},
            {"AttributeName": "number", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "customer", "AttributeType": "S"},
            {"AttributeName": "number", "AttributeType": "N"},
            {"AttributeName": "state", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "states",
                "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    with table.batch_writer() as batch:
        for number in range(120):
            batch.put_item(
                Item={
                    "customer": f"c{number % 2}",
                    "number": number,
                    "state": "open" if number % 3 else "closed",
                    "price": Decimal("19.90"),
                    "seal": Binary(bytes([number])),
                    "tags": {"a", "b"},
                    "entries": [{"sku": "x", "count": number}],
                }
            )
    return table


def read(table):
    item = table.get_item(Key={"customer": "c1", "number": 7})["Item"]
    page = table.query(
        KeyConditionExpression=Key("customer").eq("c1") & Key("number").between(3, 9),
        FilterExpression=Attr("state").eq("open") & Attr("entries[0].count").gt(3),
        ProjectionExpression="#n",
        ExpressionAttributeNames={"#n": "number"},
    )
    closed = table.query(IndexName="states", KeyConditionExpression=Key("state").eq("closed"))
    pages = client.get_paginator("scan").paginate(
        TableName="orders", PaginationConfig={"PageSize": 11}
    )
    return {
        "price": str(item["price"]),
        "seal": list(bytes(item["seal"])),
        "tags": sorted(item["tags"]),
        "count": str(item["entries"][0]["count"]),
        "query": [int(one["number"]) for one in page["Items"]],
        "closed": closed["Count"],
        "scan": sum(len(one["Items"]) for one in pages),
    }


def write(table):
    changed = table.update_item(
        Key={"customer": "c1", "number": 7},
        UpdateExpression="SET price = price + :p, entries[0].#c = :c ADD tags :t",
        ConditionExpression=Attr("state").is_in(["open", "new"]) & Attr("price").lt(Decimal("20")),
        ExpressionAttributeNames={"#c": "count"},
        ExpressionAttributeValues={":p": Decimal("0.10"), ":c": 0, ":t": {"c"}},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]
    try:
        table.put_item(
            Item={"customer": "c1", "number": 7}, ConditionExpression=Attr("customer").not_exists()
        )
        refused = "none"
    except ClientError as error:
        refused = error.response["Error"]["Code"]
    return {
        "price": str(changed["price"]),
        "tags": sorted(changed["tags"]),
        "refused": refused,
    }


def remove(table):
    table.delete()
    table.wait_until_not_exists()
    return [one.name for one in resource.tables.all()]


orders = make()
print(json.dumps({"read": read(orders), "write": write(orders), "tables": remove(orders)}))
