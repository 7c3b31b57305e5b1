import { expect, it } from "vitest";
import { codeOf, keyOf, TestRedshift } from "../test-redshift.ts";
import { TestWarehouse } from "../test-warehouse.ts";

const settings = {
  parameters: { datestyle: "SQL, DMY" },
  roles: [],
  defaultRole: "arn:aws:iam::000000000000:role/millrace",
  admittedRanges: ["127.0.0.1/32"],
  requireTls: false,
  enhancedVpcRouting: false,
};
const spec = {
  shape: { nodeType: "ra3.xlplus", nodes: 1 },
  database: "dev",
  masterUser: "awsuser",
  masterPassword: undefined,
  settings,
};

it("clusters that the kernel has been given are taken in as they are", async () => {
  const warehouse = new TestWarehouse();
  await warehouse.create(keyOf("millrace"), spec);
  await using redshift = await TestRedshift.on(warehouse);
  expect(await redshift.describe("millrace")).toMatchObject({
    ClusterStatus: "available",
    MasterUsername: "awsuser",
    DBName: "dev",
    ClusterParameterGroups: [{ ParameterGroupName: "default.redshift-1.0" }],
  });
  expect(warehouse.state(keyOf("millrace"))?.settings).toEqual(settings);
  const role = "arn:aws:iam::000000000000:role/copy";
  await redshift.run("ModifyClusterIamRoles", { ClusterIdentifier: "millrace", AddIamRoles: [role] });
  expect(warehouse.state(keyOf("millrace"))?.settings).toEqual({ ...settings, roles: [role] });
  await warehouse.create(keyOf("later"), spec);
  const { Clusters } = await redshift.run("DescribeClusters", {});
  expect(Clusters?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(["later", "millrace"]);
  const before = await redshift.describe("later");
  await redshift.crash();
  expect((await redshift.describe("later")).ClusterNamespaceArn).toBe(before.ClusterNamespaceArn);
});

it("a cluster whose data is gone is not forgotten; it can be deleted", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.warehouse.remove(keyOf("sales"));
  await redshift.crash();
  expect(await redshift.describe()).toMatchObject({
    ClusterStatus: "hardware-failure",
    ClusterAvailabilityStatus: "Failed",
  });
  expect(await codeOf(redshift.run("PauseCluster", { ClusterIdentifier: "sales" }))).toBe(
    "InvalidClusterStateFault",
  );
  await redshift.run("DeleteCluster", { ClusterIdentifier: "sales", SkipFinalClusterSnapshot: true });
  await redshift.settle();
  expect(await codeOf(redshift.describe())).toBe("ClusterNotFoundFault");
});

it("settings that the kernel lost before a crash are given to it again", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { EnhancedVpcRouting: true });
  await redshift.warehouse.configure(keyOf("sales"), { enhancedVpcRouting: false });
  await redshift.crash();
  expect(redshift.kernel().settings.enhancedVpcRouting).toBe(true);
});

it("finds them by their tags", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("one", {
    Tags: [
      { Key: "team", Value: "a" },
      { Key: "env", Value: "b" },
    ],
  });
  await redshift.create("two", { Tags: [{ Key: "team", Value: "b" }] });
  const found = async (input: { TagKeys?: string[]; TagValues?: string[] }) =>
    (await redshift.run("DescribeClusters", input)).Clusters?.map(
      ({ ClusterIdentifier }) => ClusterIdentifier,
    );
  expect(await found({ TagKeys: ["team"] })).toEqual(["one", "two"]);
  expect(await found({ TagValues: ["b"] })).toEqual(["one", "two"]);
  expect(await found({ TagKeys: ["team"], TagValues: ["b"] })).toEqual(["two"]);
  expect(await found({ TagKeys: ["none"] })).toEqual([]);
});

it("lists them page by page, each account and region its own", async () => {
  await using redshift = await TestRedshift.start();
  const names = Array.from({ length: 25 }, (_, index) => `c${String(index).padStart(2, "0")}`);
  for (const name of names) await redshift.create(name);
  const first = await redshift.run("DescribeClusters", { MaxRecords: 20 });
  expect(first.Clusters).toHaveLength(20);
  const second = await redshift.run("DescribeClusters", { MaxRecords: 20, Marker: first.Marker });
  expect(
    [...(first.Clusters ?? []), ...(second.Clusters ?? [])].map((each) => each.ClusterIdentifier),
  ).toEqual(names);
  expect(second.Marker).toBeUndefined();
  const elsewhere = { account: "111111111111" };
  expect((await redshift.run("DescribeClusters", {}, elsewhere)).Clusters).toEqual([]);
  const taken = redshift.run("DescribeClusters", { Marker: first.Marker }, elsewhere);
  expect(await codeOf(taken)).toBe("InvalidParameterValue");
  for (const input of [{ MaxRecords: 19 }, { MaxRecords: 101 }, { Marker: "forged" }])
    expect(await codeOf(redshift.run("DescribeClusters", input))).toBe("InvalidParameterValue");
});

it("a reset forgets everything", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("PauseCluster", { ClusterIdentifier: "sales" });
  await redshift.state.reset();
  await redshift.settle();
  expect((await redshift.run("DescribeClusters", {})).Clusters).toEqual([]);
  expect(redshift.warehouse.list()).toEqual([]);
  expect(await redshift.eventIds()).toEqual([]);
  await redshift.create();
  expect(await redshift.status()).toBe("available");
});
