"""Drives Redshift's control plane through boto3 as it comes, and prints as JSON what it saw. argv: endpoint."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

redshift = boto3.client(
    "redshift",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
seen = {}


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "OK"


def cluster(name="sales"):
    return redshift.describe_clusters(ClusterIdentifier=name)["Clusters"][0]


def wait(name="sales"):
    redshift.get_waiter("cluster_available").wait(
        ClusterIdentifier=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )


# What Terraform's aws_redshift_parameter_group, aws_redshift_subnet_group and aws_redshift_cluster call.
redshift.create_cluster_parameter_group(
    ParameterGroupName="fast", ParameterGroupFamily="redshift-1.0", Description="Managed by Terraform"
)
redshift.modify_cluster_parameter_group(
    ParameterGroupName="fast",
    Parameters=[
        {"ParameterName": "statement_timeout", "ParameterValue": "60000"},
        {"ParameterName": "require_ssl", "ParameterValue": "true"},
    ],
)
seen["user parameters"] = {
    parameter["ParameterName"]: parameter["ParameterValue"]
    for page in redshift.get_paginator("describe_cluster_parameters").paginate(
        ParameterGroupName="fast", Source="user"
    )
    for parameter in page["Parameters"]
}
redshift.create_cluster_subnet_group(
    ClusterSubnetGroupName="net", Description="d", SubnetIds=["subnet-1", "subnet-2"]
)
groups = redshift.describe_cluster_subnet_groups(ClusterSubnetGroupName="net")["ClusterSubnetGroups"]
seen["subnets"] = [subnet["SubnetIdentifier"] for subnet in groups[0]["Subnets"]]
created = redshift.create_cluster(
    ClusterIdentifier="sales",
    ClusterType="single-node",
    NodeType="ra3.xlplus",
    MasterUsername="admin",
    MasterUserPassword="Passw0rd",
    DBName="shop",
    ClusterVersion="1.0",
    Port=5439,
    PubliclyAccessible=False,
    AllowVersionUpgrade=True,
    AutomatedSnapshotRetentionPeriod=1,
    ClusterSubnetGroupName="net",
    ClusterParameterGroupName="fast",
    Tags=[{"Key": "team", "Value": "a"}],
)["Cluster"]
seen["created"] = created["ClusterIdentifier"]
wait()
described = cluster()
seen["cluster"] = {
    name: described[name]
    for name in (
        "ClusterStatus",
        "ClusterAvailabilityStatus",
        "AvailabilityZoneRelocationStatus",
        "MultiAZ",
        "Encrypted",
        "DBName",
        "NumberOfNodes",
        "ClusterSubnetGroupName",
        "Tags",
    )
}
seen["endpoint"] = described["Endpoint"]["Address"]
seen["logging"] = redshift.describe_logging_status(ClusterIdentifier="sales")["LoggingEnabled"]

redshift.modify_cluster(ClusterIdentifier="sales", PubliclyAccessible=True)
wait()
seen["public"] = cluster()["PubliclyAccessible"]
redshift.resize_cluster(ClusterIdentifier="sales", ClusterType="multi-node", NumberOfNodes=2, Classic=True)
wait()
seen["nodes"] = len(cluster()["ClusterNodes"])
seen["resize"] = redshift.describe_resize(ClusterIdentifier="sales")["Status"]

given = redshift.get_cluster_credentials(ClusterIdentifier="sales", DbUser="anna", AutoCreate=True)
seen["credentials"] = [given["DbUser"], len(given["DbPassword"]) >= 32]
seen["identity"] = redshift.get_cluster_credentials_with_iam(ClusterIdentifier="sales")["DbUser"]

arn = "arn:aws:redshift:us-east-1:000000000000:cluster:sales"
redshift.create_tags(ResourceName=arn, Tags=[{"Key": "env", "Value": "test"}])
redshift.delete_tags(ResourceName=arn, TagKeys=["team"])
seen["tags"] = [
    resource["Tag"]
    for page in redshift.get_paginator("describe_tags").paginate(ResourceName=arn)
    for resource in page["TaggedResources"]
]
seen["events"] = [
    event["EventId"]
    for page in redshift.get_paginator("describe_events").paginate(
        SourceType="cluster", SourceIdentifier="sales"
    )
    for event in page["Events"]
]

password = "Passw0rd"
new = {"NodeType": "ra3.xlplus", "MasterUsername": "admin", "MasterUserPassword": password}
single = {**new, "ClusterType": "single-node"}
seen["refused"] = {
    "unknown": code_of(redshift.describe_clusters, ClusterIdentifier="none"),
    "again": code_of(redshift.create_cluster, ClusterIdentifier="sales", **single),
    "weak": code_of(
        redshift.create_cluster, ClusterIdentifier="x", **{**single, "MasterUserPassword": "password"}
    ),
    "encrypted": code_of(redshift.create_cluster, ClusterIdentifier="x", Encrypted=True, **single),
    "group": code_of(redshift.create_cluster, ClusterIdentifier="x", ClusterParameterGroupName="x", **single),
    "group in use": code_of(redshift.delete_cluster_parameter_group, ParameterGroupName="fast"),
    "no snapshot": code_of(redshift.delete_cluster, ClusterIdentifier="sales"),
    "snapshots": code_of(redshift.describe_cluster_snapshots),
    "duration": code_of(
        redshift.get_cluster_credentials, ClusterIdentifier="sales", DbUser="anna", DurationSeconds=1
    ),
}

redshift.delete_cluster(ClusterIdentifier="sales", SkipFinalClusterSnapshot=True)
redshift.get_waiter("cluster_deleted").wait(
    ClusterIdentifier="sales", WaiterConfig={"Delay": 1, "MaxAttempts": 60}
)
redshift.delete_cluster_parameter_group(ParameterGroupName="fast")
redshift.delete_cluster_subnet_group(ClusterSubnetGroupName="net")
seen["left"] = [
    group["ParameterGroupName"]
    for page in redshift.get_paginator("describe_cluster_parameter_groups").paginate()
    for group in page["ParameterGroups"]
]
print(json.dumps(seen))
