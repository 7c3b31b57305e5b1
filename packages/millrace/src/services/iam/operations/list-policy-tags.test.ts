import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists tags by key", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  await iam.run("TagPolicy", {
    PolicyArn,
    Tags: [
      { Key: "b", Value: "" },
      { Key: "a", Value: "" },
    ],
  });
  const { Tags } = await iam.run("ListPolicyTags", { PolicyArn });
  expect(Tags?.map(({ Key }) => Key)).toEqual(["a", "b"]);
  const unknown = iam.run("ListPolicyTags", { PolicyArn: `${PolicyArn}x` });
  expect(await refusal(unknown)).toMatch(/^NoSuchEntity/);
});
