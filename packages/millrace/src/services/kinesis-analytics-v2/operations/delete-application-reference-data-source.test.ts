import { expect, it } from "vitest";
import { arn, codeOf, TestAnalytics } from "../test-analytics.ts";

it("takes a table away", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  await analytics.run("AddApplicationReferenceDataSource", {
    ...(await analytics.expected()),
    ReferenceDataSource: {
      TableName: "T",
      S3ReferenceDataSource: { BucketARN: "arn:aws:s3:::lake", FileKey: "k" },
      ReferenceSchema: {
        RecordFormat: { RecordFormatType: "CSV" },
        RecordColumns: [{ Name: "a", SqlType: "INTEGER" }],
      },
    },
  });
  const remove = async (ReferenceId: string): Promise<object> =>
    analytics.run("DeleteApplicationReferenceDataSource", { ...(await analytics.expected()), ReferenceId });
  expect(await codeOf(remove("1.1"))).toBe("ResourceNotFoundException");
  expect(await remove("2.1")).toEqual({ ApplicationARN: arn, ApplicationVersionId: 3 });
});
