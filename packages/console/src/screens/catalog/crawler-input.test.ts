import { expect, it } from "vitest";
import { crawlerInputOf, fieldsOf, targetsText } from "./crawler-input.ts";

const fields = {
  ...fieldsOf(undefined),
  name: "sales",
  role: "crawler",
  database: "shop",
  targets: "s3://lake/sales/\n\n orders-db: orders/public/% ",
};

it("makes the input of a crawler", () => {
  const input = crawlerInputOf(fields);
  expect(input).toEqual({
    Name: "sales",
    Role: "crawler",
    DatabaseName: "shop",
    Targets: {
      S3Targets: [{ Path: "s3://lake/sales/" }],
      JdbcTargets: [{ ConnectionName: "orders-db", Path: "orders/public/%" }],
    },
    SchemaChangePolicy: { UpdateBehavior: "UPDATE_IN_DATABASE", DeleteBehavior: "DEPRECATE_IN_DATABASE" },
    RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVERYTHING" },
  });
  expect(targetsText(input.Targets)).toBe("s3://lake/sales/, orders-db: orders/public/%");
  expect(() => crawlerInputOf({ ...fields, targets: "lake/sales" })).toThrow('"lake/sales" is neither');
});

it("only logs changes where it looks at new folders only", () => {
  expect(crawlerInputOf({ ...fields, onlyNewFolders: true }).SchemaChangePolicy).toEqual({
    UpdateBehavior: "LOG",
    DeleteBehavior: "LOG",
  });
});

it("reads a crawler back into its form", () => {
  const again = fieldsOf({
    Name: "sales",
    Role: "crawler",
    DatabaseName: "shop",
    Targets: { S3Targets: [{ Path: "s3://lake/sales/" }] },
    Schedule: { ScheduleExpression: "cron(0 1 * * ? *)", State: "SCHEDULED" },
  });
  expect(again).toMatchObject({ name: "sales", targets: "s3://lake/sales/", schedule: "cron(0 1 * * ? *)" });
});
