import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("finds keys in conditions and variables", async () => {
  await using iam = new TestIam();
  const variable = (name: string): string => ["$", "{", name, "}"].join("");
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "s3:*",
      Resource: `arn:aws:s3:::b/${variable("aws:username")}/${variable("*")}`,
      Condition: {
        StringLike: { "s3:prefix": [variable("aws:PrincipalTag/x, 'none'")] },
        Bool: { "aws:SecureTransport": "true" },
      },
    },
  });
  const { ContextKeyNames } = await iam.run("GetContextKeysForCustomPolicy", {
    PolicyInputList: [text, text],
  });
  expect(ContextKeyNames?.sort()).toEqual([
    "aws:PrincipalTag/x",
    "aws:SecureTransport",
    "aws:username",
    "s3:prefix",
  ]);
  const wrong = iam.run("GetContextKeysForCustomPolicy", { PolicyInputList: ["x"] });
  expect(await refusal(wrong)).toMatch(/^InvalidInput/);
});
