import { expect, it } from "vitest";
import { arnOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const group = { ClusterSecurityGroupName: "office" };
const range = { ...group, CIDRIP: "10.0.0.0/8" };

it("a range gates the connections to the group's clusters at once, and after a restart", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  await redshift.create("sales", { ClusterSecurityGroups: ["office", "default"] });
  await redshift.create("open");
  expect(redshift.kernel().settings.admittedRanges).toEqual([]);
  const { ClusterSecurityGroup } = await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
  expect(ClusterSecurityGroup).toMatchObject({
    ClusterSecurityGroupName: "office",
    IPRanges: [{ CIDRIP: "10.0.0.0/8", Status: "authorized" }],
  });
  const everywhere = { ClusterSecurityGroupName: "default", CIDRIP: "::1/128" };
  await redshift.run("AuthorizeClusterSecurityGroupIngress", everywhere);
  expect(redshift.kernel().settings.admittedRanges).toEqual(["10.0.0.0/8", "::1/128"]);
  expect(redshift.kernel("open").settings.admittedRanges).toBeUndefined();
  await redshift.crash();
  expect(redshift.kernel().settings.admittedRanges).toEqual(["10.0.0.0/8", "::1/128"]);
  expect(await redshift.eventIds("office")).toEqual(["REDSHIFT-EVENT-1005", "REDSHIFT-EVENT-4001"]);
});

it("a range that comes while the kernel is at work is in force afterwards", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  await redshift.create("sales", { ClusterSecurityGroups: ["office"] });
  await redshift.run("RebootCluster", { ClusterIdentifier: "sales" });
  redshift.warehouse.held = "reboot";
  redshift.clock.advance(500);
  while (!redshift.warehouse.calls.includes("reboot sales")) await new Promise(setImmediate);
  await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
  redshift.warehouse.release();
  await redshift.settle();
  expect(redshift.kernel().settings.admittedRanges).toEqual(["10.0.0.0/8"]);
});

it("nothing changes when the kernel does not take it", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  await redshift.create("sales", { ClusterSecurityGroups: ["office"] });
  redshift.warehouse.failing = "configure";
  await expect(redshift.run("AuthorizeClusterSecurityGroupIngress", range)).rejects.toThrow("disk is full");
  await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
});

it.each([
  ["10.0.0.0", "InvalidParameterValue"],
  ["10.0.0.0/33", "InvalidParameterValue"],
  ["10.0.0.0/08", "InvalidParameterValue"],
  ["10.0.0.0/8/8", "InvalidParameterValue"],
  ["300.0.0.0/8", "InvalidParameterValue"],
  ["::1/129", "InvalidParameterValue"],
  ["everybody", "InvalidParameterValue"],
  ["", "InvalidParameterValue"],
])("%j is no range", async (CIDRIP, refusal) => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  expect(await refusalOf(redshift.run("AuthorizeClusterSecurityGroupIngress", { ...group, CIDRIP }))).toBe(
    `${refusal}: Invalid CIDR IP range: ${CIDRIP}`,
  );
});

it("a repeated range, EC2's groups and unknown groups are refused", async () => {
  await using redshift = await TestRedshift.start();
  const refusal = (input: object): Promise<string> =>
    refusalOf(redshift.run("AuthorizeClusterSecurityGroupIngress", { ...range, ...input }));
  expect(await refusal({})).toContain("ClusterSecurityGroupNotFoundFault");
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
  expect(await refusal({})).toContain("AuthorizationAlreadyExistsFault");
  expect(await refusal({ EC2SecurityGroupName: "x" })).toContain("InvalidParameterCombination");
  expect(await refusal({ CIDRIP: undefined, EC2SecurityGroupName: "x" })).toContain("NotImplemented");
  const input = { ...range, ClusterSecurityGroupName: "Office" };
  expect(redshift.resources("AuthorizeClusterSecurityGroupIngress", input)).toEqual([
    arnOf("securitygroup:office"),
  ]);
});

it("a group has so many ranges", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  const add = (index: number): Promise<unknown> =>
    redshift.run("AuthorizeClusterSecurityGroupIngress", { ...group, CIDRIP: `10.0.0.${index}/32` });
  for (let index = 0; index < 30; index++) await add(index);
  expect(await refusalOf(add(30))).toContain("AuthorizationQuotaExceededFault");
});
