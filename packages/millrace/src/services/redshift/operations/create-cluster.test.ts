import { expect, it } from "vitest";
import { codeOf, createInput, errorOf, keyOf, password, refusalOf, TestRedshift } from "../test-redshift.ts";

it("a cluster is created, and then takes connections", async () => {
  await using redshift = await TestRedshift.start();
  const { Cluster } = await redshift.run("CreateCluster", createInput("Sales"));
  expect(Cluster).toMatchObject({
    ClusterIdentifier: "sales",
    ClusterStatus: "creating",
    ClusterAvailabilityStatus: "Modifying",
    PendingModifiedValues: { MasterUserPassword: "****" },
  });
  expect(Cluster?.Endpoint).toBeUndefined();
  expect(redshift.kernel().settings.admittedRanges).toEqual([]);
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({
    ClusterStatus: "available",
    ClusterAvailabilityStatus: "Available",
    DBName: "dev",
    MasterUsername: "awsuser",
    NumberOfNodes: 1,
    NodeType: "ra3.xlplus",
    Endpoint: { Address: "127.0.0.1", Port: 5439 },
    Encrypted: false,
    MultiAZ: "Disabled",
    AvailabilityZoneRelocationStatus: "disabled",
    ClusterNodes: [{ NodeRole: "SHARED" }],
    ClusterParameterGroups: [{ ParameterGroupName: "default.redshift-2.0", ParameterApplyStatus: "in-sync" }],
    PendingModifiedValues: {},
  });
  expect(redshift.kernel().settings).toEqual({
    parameters: {},
    roles: [],
    defaultRole: undefined,
    admittedRanges: undefined,
    requireTls: true,
    enhancedVpcRouting: false,
  });
  expect(await redshift.eventIds()).toEqual(["REDSHIFT-EVENT-2000"]);
});

it("all that is said of it is shown and reaches the kernel", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSubnetGroup", {
    ClusterSubnetGroupName: "net",
    Description: "d",
    SubnetIds: ["subnet-1"],
  });
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
  });
  await redshift.run("ModifyClusterParameterGroup", {
    ParameterGroupName: "fast",
    Parameters: [{ ParameterName: "statement_timeout", ParameterValue: "5000" }],
  });
  const role = "arn:aws:iam::000000000000:role/copy";
  await redshift.create("sales", {
    ClusterType: "multi-node",
    NumberOfNodes: 3,
    DBName: "shop",
    MasterUsername: "admin",
    ClusterSubnetGroupName: "net",
    ClusterParameterGroupName: "fast",
    VpcSecurityGroupIds: ["sg-1"],
    IamRoles: [role],
    DefaultIamRoleArn: role,
    EnhancedVpcRouting: true,
    MultiAZ: true,
    PubliclyAccessible: true,
    AvailabilityZone: "us-east-1c",
    PreferredMaintenanceWindow: "Mon:01:00-Mon:02:00",
    Tags: [{ Key: "team", Value: "a" }],
    Encrypted: false,
    Port: 5439,
    ClusterVersion: "1.0",
  });
  expect(await redshift.describe()).toMatchObject({
    DBName: "shop",
    MasterUsername: "admin",
    NumberOfNodes: 3,
    ClusterNodes: [{ NodeRole: "LEADER" }, { NodeRole: "COMPUTE-0" }, {}, { NodeRole: "COMPUTE-2" }],
    ClusterSubnetGroupName: "net",
    VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1", Status: "active" }],
    IamRoles: [{ IamRoleArn: role, ApplyStatus: "in-sync" }],
    DefaultIamRoleArn: role,
    EnhancedVpcRouting: true,
    MultiAZ: "Enabled",
    PubliclyAccessible: true,
    AvailabilityZone: "us-east-1c",
    PreferredMaintenanceWindow: "mon:01:00-mon:02:00",
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(redshift.kernel()).toMatchObject({
    shape: { nodeType: "ra3.xlplus", nodes: 3 },
    database: "shop",
    masterUser: "admin",
    settings: {
      parameters: { statement_timeout: "5000" },
      roles: [role],
      defaultRole: role,
      requireTls: false,
      enhancedVpcRouting: true,
    },
  });
});

it("blank options are none, as Terraform means them", async () => {
  await using redshift = await TestRedshift.start();
  const blank = { DBName: "", KmsKeyId: "", ClusterSubnetGroupName: "", ClusterParameterGroupName: "" };
  await redshift.create("sales", blank);
  expect(await redshift.describe()).toMatchObject({ ClusterStatus: "available", DBName: "dev" });
  const nameless = redshift.run("CreateCluster", createInput(""));
  expect(await codeOf(nameless)).toBe("InvalidParameterValue");
});

it("the password is with the kernel and nowhere else", async () => {
  await using redshift = await TestRedshift.start();
  const answer = await redshift.run("CreateCluster", createInput("sales"));
  expect(redshift.warehouse.passwordOf(keyOf("sales"))).toBe(password);
  const kept = redshift.state.clusters.all();
  expect(JSON.stringify([answer, kept, redshift.logged])).not.toContain(password);
});

it("a creation that a crash interrupted is finished", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateCluster", createInput("sales"));
  await redshift.crash();
  expect(await redshift.status()).toBe("creating");
  await redshift.settle();
  expect(await redshift.status()).toBe("available");
  expect(redshift.kernel().settings.admittedRanges).toBeUndefined();
});

it("a creation that was never answered is forgotten", async () => {
  await using redshift = await TestRedshift.start();
  redshift.warehouse.held = "create";
  const answer = codeOf(redshift.run("CreateCluster", createInput("sales"))).catch(() => "cut off");
  while (redshift.state.clusters.all().length === 0) await new Promise(setImmediate);
  await redshift.crash();
  expect(redshift.state.clusters.all()).toEqual([]);
  redshift.warehouse.failing = "create";
  redshift.warehouse.release();
  await answer;
});

it("what the kernel cannot make is not there", async () => {
  await using redshift = await TestRedshift.start();
  redshift.warehouse.failing = "create";
  await expect(redshift.run("CreateCluster", createInput("sales"))).rejects.toThrow("disk is full");
  expect(await codeOf(redshift.describe())).toBe("ClusterNotFoundFault");
});

it("of two creations at once one succeeds; another account has its own names", async () => {
  await using redshift = await TestRedshift.start();
  const both = [1, 2].map(() => redshift.run("CreateCluster", createInput("sales")));
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await codeOf(redshift.run("CreateCluster", createInput("SALES")))).toBe("ClusterAlreadyExistsFault");
  await redshift.run("CreateCluster", createInput("sales"), { account: "111111111111" });
  await redshift.run("CreateCluster", createInput("sales"), { region: "eu-west-1" });
});

it.each([
  [{ ClusterType: "multi-node" }, "InvalidParameterCombination: Number of nodes for cluster type multi-node"],
  [{ ClusterType: undefined }, "InvalidParameterCombination: Number of nodes for cluster type multi-node"],
  [{ NumberOfNodes: 1 }, "InvalidParameterValue: Number of nodes must be not be supplied"],
  [{ ClusterType: "big" }, "InvalidParameterValue: Invalid cluster type"],
  [{ NodeType: "ds9.huge" }, "InvalidParameterValue: Invalid node type: ds9.huge"],
  [{ NodeType: "ra3.16xlarge" }, "InvalidParameterCombination: The node type ra3.16xlarge does not support"],
  [{ ClusterType: "multi-node", NumberOfNodes: 17 }, "NumberOfNodesPerClusterLimitExceededFault"],
  [{ MultiAZ: true }, "InvalidParameterCombination: Multi-AZ deployments are not supported for single-node"],
  [
    { NodeType: "dc2.large", ClusterType: "multi-node", NumberOfNodes: 2, MultiAZ: true },
    "InvalidParameterCombination: Multi-AZ deployments are not supported for the node type dc2.large",
  ],
  [{ MasterUserPassword: undefined }, "MissingParameter"],
  [{ MasterUserPassword: "short" }, "InvalidParameterValue: The parameter MasterUserPassword"],
  [{ MasterUsername: "user" }, "InvalidParameterValue: MasterUsername user cannot be used"],
  [{ DBName: "select" }, "InvalidParameterValue: DBName select"],
  [{ ClusterIdentifier: "a--b" }, "InvalidParameterValue: The parameter ClusterIdentifier"],
  [{ ClusterParameterGroupName: "none" }, "ClusterParameterGroupNotFoundFault"],
  [{ ClusterSubnetGroupName: "none" }, "ClusterSubnetGroupNotFoundFault"],
  [{ ClusterSecurityGroups: ["none"] }, "ClusterSecurityGroupNotFoundFault"],
  [{ VpcSecurityGroupIds: ["x"] }, "InvalidParameterValue: Invalid security group id"],
  [{ IamRoles: ["copy"] }, "InvalidParameterValue: The IAM role copy"],
  [
    { DefaultIamRoleArn: "arn:aws:iam::000000000000:role/copy" },
    "InvalidParameterCombination: The default IAM role",
  ],
  [{ AvailabilityZone: "eu-west-1a" }, "InvalidParameterValue: Invalid availability zone"],
  [{ AutomatedSnapshotRetentionPeriod: 36 }, "InvalidParameterValue: The value of Automated"],
  [{ ManualSnapshotRetentionPeriod: 0 }, "InvalidParameterValue: The value of Manual"],
  [{ PreferredMaintenanceWindow: "never" }, "InvalidParameterValue: Invalid maintenance window"],
  [{ MaintenanceTrackName: "future" }, "InvalidParameterValue: The maintenance track"],
  [{ ClusterVersion: "2.0" }, "InvalidParameterCombination: Cannot find version"],
  [{ Tags: [{ Key: "aws:x", Value: "" }] }, "InvalidTagFault"],
  [{ Encrypted: true }, "NotImplemented: Encryption of clusters"],
  [{ KmsKeyId: "alias/x" }, "NotImplemented: Encryption of clusters"],
  [{ ManageMasterPassword: true }, "NotImplemented: ManageMasterPassword"],
  [{ Port: 1234 }, "NotImplemented: Port 1234"],
  [{ IpAddressType: "dualstack" }, "NotImplemented: IpAddressType"],
  [{ SnapshotScheduleIdentifier: "x" }, "NotImplemented: SnapshotScheduleIdentifier"],
  [{ LoadSampleData: "tickit" }, "NotImplemented: LoadSampleData"],
])("%j is refused, and nothing is made", async (input, refusal) => {
  await using redshift = await TestRedshift.start();
  const given = { ...createInput("sales"), ...input };
  expect(await refusalOf(redshift.run("CreateCluster", given))).toContain(refusal);
  expect(redshift.warehouse.list()).toEqual([]);
  expect(redshift.state.clusters.all()).toEqual([]);
});

it("an account has so many nodes", async () => {
  await using redshift = await TestRedshift.start();
  const many = { NodeType: "dc2.8xlarge", ClusterType: "multi-node", NumberOfNodes: 128 };
  await redshift.create("one", many);
  const { code } = await errorOf(redshift.run("CreateCluster", createInput("two", many)));
  expect(code).toBe("NumberOfNodesQuotaExceededFault");
});

it("roles must be passed, tags be allowed", async () => {
  await using redshift = await TestRedshift.start();
  const role = "arn:aws:iam::000000000000:role/copy";
  const input = createInput("Sales", { IamRoles: [role], Tags: [{ Key: "team", Value: "a" }] });
  const arn = "arn:aws:redshift:us-east-1:000000000000:cluster:sales";
  expect(redshift.permissions("CreateCluster", input)).toMatchObject([
    { action: "redshift:CreateCluster", resources: [arn] },
    { action: "redshift:CreateTags", resources: [arn], context: { "aws:RequestTag/team": "a" } },
    {
      action: "iam:PassRole",
      resources: [role],
      context: { "iam:PassedToService": "redshift.amazonaws.com" },
    },
  ]);
});
