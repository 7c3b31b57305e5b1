import { expect, it } from "vitest";
import { TestRedshift } from "../test-redshift.ts";

it("shows the attributes asked for", async () => {
  await using redshift = await TestRedshift.start();
  const names = async (AttributeNames?: string[]): Promise<unknown> => {
    const { AccountAttributes } = await redshift.run("DescribeAccountAttributes", { AttributeNames });
    return AccountAttributes?.map(({ AttributeName }) => AttributeName);
  };
  expect(await names()).toEqual(["max-defer-maintenance-duration", "max-nodes"]);
  expect(await names(["max-nodes", "none"])).toEqual(["max-nodes"]);
});
