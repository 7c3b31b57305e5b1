import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findCredentials, findRegion } from "./credentials.ts";
import { readProfiles } from "./profiles.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-aws-"));
  await mkdir(join(home, ".aws"));
  await writeFile(
    join(home, ".aws/config"),
    [
      "[default]",
      "region = eu-west-1",
      "; a comment",
      '[profile "work space"]',
      "region=eu-north-1 # near",
      "s3 =",
      "  region = nested",
      "[profile millrace]",
      "region = ap-south-1",
      "aws_access_key_id = INCONFIG",
      "aws_secret_access_key = secret",
      "[services x]",
      "region = none",
    ].join("\r\n"),
  );
  await writeFile(
    join(home, ".aws/credentials"),
    "[default]\naws_access_key_id = DEFAULT\n\n[sso]\n[work space]\naws_access_key_id=WORK\naws_secret_access_key=a=b\naws_session_token=t\n",
  );
});
afterEach(() => rm(home, { recursive: true, force: true }));

it("reads profiles as AWS's tools do", async () => {
  const profiles = await readProfiles({ HOME: home });
  expect(profiles.get("work space")).toEqual({
    region: "eu-north-1",
    s3: "",
    aws_access_key_id: "WORK",
    aws_secret_access_key: "a=b",
    aws_session_token: "t",
  });
  expect([...profiles.keys()]).toEqual(["default", "work space", "millrace"]);
  expect((await readProfiles({ HOME: join(home, "nobody") })).size).toBe(0);
});

it("takes flags, then the environment, then profiles, then test", async () => {
  const keys = { AWS_ACCESS_KEY_ID: "ENV", AWS_SECRET_ACCESS_KEY: "e" };
  const work = { accessKeyId: "WORK", secretAccessKey: "a=b", sessionToken: "t" };
  expect(await findCredentials({ profile: "work space" }, { HOME: home, ...keys })).toEqual(work);
  expect(await findCredentials({}, { HOME: home, ...keys, AWS_PROFILE: "work space" })).toEqual({
    accessKeyId: "ENV",
    secretAccessKey: "e",
  });
  expect(await findCredentials({}, { HOME: home, AWS_PROFILE: "work space" })).toEqual(work);
  expect(await findCredentials({}, { HOME: home })).toMatchObject({ accessKeyId: "INCONFIG" });
  expect(await findCredentials({}, { HOME: join(home, "nobody") })).toEqual({
    accessKeyId: "test",
    secretAccessKey: "test",
  });
  await expect(findCredentials({ profile: "default" }, { HOME: home })).rejects.toThrow("no access key");
});

it("finds the region in the same places", async () => {
  const environment = { HOME: home, AWS_REGION: "us-west-2" };
  expect(await findRegion({ region: "eu-south-1" }, environment)).toBe("eu-south-1");
  expect(await findRegion({}, environment)).toBe("us-west-2");
  expect(await findRegion({ profile: "work space" }, { HOME: home })).toBe("eu-north-1");
  expect(await findRegion({}, { HOME: home })).toBe("ap-south-1");
  expect(await findRegion({}, { HOME: join(home, "nobody") })).toBe("us-east-1");
});
