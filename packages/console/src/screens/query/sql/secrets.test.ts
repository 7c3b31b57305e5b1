import { expect, it } from "vitest";
import { withoutSecrets } from "./secrets.ts";

it("leaves out keys and passwords", () => {
  expect(
    withoutSecrets(
      "copy t from 's3://b/k' access_key_id 'AKIA' secret_access_key 'it''s' SESSION_TOKEN 'x' csv;" +
        "create user anna password 'Secret1'; copy t from 's3://b' credentials 'aws_secret_access_key=1'",
    ),
  ).toBe(
    "copy t from 's3://b/k' access_key_id '***' secret_access_key '***' SESSION_TOKEN '***' csv;" +
      "create user anna password '***'; copy t from 's3://b' credentials '***'",
  );
  expect(withoutSecrets("with ('aws.credentials.basic.secretkey' = 'abc', 'stream' = 's')")).toBe(
    "with ('aws.credentials.basic.secretkey' = '***', 'stream' = 's')",
  );
});

it("leaves everything else as it is", () => {
  const text = "select password from users where name = 'anna'";
  expect(withoutSecrets(text)).toBe(text);
});
