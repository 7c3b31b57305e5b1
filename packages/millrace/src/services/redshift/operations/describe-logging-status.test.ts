import { expect, it } from "vitest";
import { arnOf, codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("a new cluster does not log", async () => {
  await using redshift = await TestRedshift.start();
  expect(await codeOf((async () => redshift.run("DescribeLoggingStatus", input))())).toBe(
    "ClusterNotFoundFault",
  );
  await redshift.create();
  expect(await redshift.run("DescribeLoggingStatus", input)).toEqual({ LoggingEnabled: false });
  expect(redshift.resources("DescribeLoggingStatus", input)).toEqual([arnOf("cluster:sales")]);
});
