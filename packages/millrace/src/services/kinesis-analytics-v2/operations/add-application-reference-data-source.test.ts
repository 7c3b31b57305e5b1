import { expect, it } from "vitest";
import { arn, codeOf, schema, TestAnalytics } from "../test-analytics.ts";

const source = {
  TableName: "AIRPORTS",
  S3ReferenceDataSource: { BucketARN: "arn:aws:s3:::lake", FileKey: "airports.json" },
  ReferenceSchema: schema,
};

it("adds the one table that an application may have", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const add = async (ReferenceDataSource: typeof source): Promise<object> =>
    analytics.run("AddApplicationReferenceDataSource", {
      ...(await analytics.expected()),
      ReferenceDataSource,
    });
  const nowhere = {
    ...source,
    S3ReferenceDataSource: { ...source.S3ReferenceDataSource, BucketARN: "lake" },
  };
  expect(await codeOf(add(nowhere))).toBe("InvalidArgumentException");
  expect(await add(source)).toMatchObject({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    ReferenceDataSourceDescriptions: [
      {
        ReferenceId: "2.1",
        TableName: "AIRPORTS",
        S3ReferenceDataSourceDescription: source.S3ReferenceDataSource,
        ReferenceSchema: schema,
      },
    ],
  });
  expect(await codeOf(add(source))).toBe("InvalidArgumentException");
});
