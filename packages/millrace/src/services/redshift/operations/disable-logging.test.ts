import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("a cluster logs no longer", async () => {
  await using redshift = await TestRedshift.start();
  expect(await codeOf(redshift.run("DisableLogging", input))).toBe("ClusterNotFoundFault");
  await redshift.create();
  await redshift.run("EnableLogging", { ...input, BucketName: "audit" });
  expect(await redshift.run("DisableLogging", input)).toEqual({ LoggingEnabled: false });
  expect(await redshift.run("DescribeLoggingStatus", input)).toEqual({ LoggingEnabled: false });
});
