import { expect, it } from "vitest";
import { refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("where a cluster is to log is kept over a restart", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const s3 = { ...input, BucketName: "audit", S3KeyPrefix: "redshift/" };
  const shown = {
    LoggingEnabled: true,
    LogDestinationType: "s3",
    BucketName: "audit",
    S3KeyPrefix: "redshift/",
  };
  expect(await redshift.run("EnableLogging", s3)).toEqual(shown);
  await redshift.crash();
  expect(await redshift.run("DescribeLoggingStatus", input)).toEqual(shown);
  expect(await redshift.run("EnableLogging", { ...input, LogDestinationType: "cloudwatch" })).toEqual({
    LoggingEnabled: true,
    LogDestinationType: "cloudwatch",
    LogExports: ["connectionlog", "userlog", "useractivitylog"],
  });
});

it.each([
  [{ ClusterIdentifier: "none", BucketName: "audit" }, "ClusterNotFoundFault"],
  [{}, "InvalidS3BucketNameFault"],
  [{ BucketName: "Bad_Name" }, "InvalidS3BucketNameFault"],
  [{ BucketName: "audit", LogExports: ["userlog"] }, "InvalidParameterCombination"],
  [{ LogDestinationType: "cloudwatch" as const, LogExports: ["all"] }, "InvalidParameterValue"],
  [{ LogDestinationType: "s3table" as const }, "NotImplemented"],
])("%j is refused", async (changes, refusal) => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const answer = (async () => redshift.run("EnableLogging", { ...input, ...changes }))();
  expect(await refusalOf(answer)).toContain(refusal);
});
