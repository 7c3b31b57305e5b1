import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { readConfiguration } from "./configuration.ts";
import { type Millrace, startMillrace } from "./millrace.ts";

let millrace: Millrace;
afterEach(() => millrace.close());

const account = "111111111111";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" },
});

async function start(auth: "trust" | "verify", clock?: ManualClock): Promise<void> {
  const flags = { auth, account, port: "0", durability: "memory", "log-level": "silent" };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  millrace = await startMillrace(readConfiguration(args, {}), { clock });
}

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const keyOf = (credentials: Credentials | undefined): Key => ({
  accessKeyId: credentials?.AccessKeyId ?? "",
  secretAccessKey: credentials?.SecretAccessKey ?? "",
  sessionToken: credentials?.SessionToken ?? "",
});

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Key;
  readonly maxAttempts: number;
  readonly systemClockOffset: number;
}

function settings(credentials: Key, systemClockOffset: number = 0): Settings {
  const region = "us-east-1";
  return { endpoint: millrace.url, region, credentials, maxAttempts: 1, systemClockOffset };
}
const whoIs = async (key: Key): Promise<unknown> => {
  const { Arn, Account } = await new STSClient(settings(key)).send(new GetCallerIdentityCommand({}));
  return [Arn, Account];
};

describe("keys that IAM and STS have issued", () => {
  it("speak for their owners in trust mode, where all others are roots", async () => {
    await start("trust");
    const anyKey = { accessKeyId: "test", secretAccessKey: "test" };
    expect(await whoIs(anyKey)).toEqual([`arn:aws:iam::${account}:root`, account]);
    const iam = new IAMClient(settings(anyKey));
    await iam.send(new CreateUserCommand({ UserName: "jo" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "jo" }));
    const jo = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: "nobody looks at it",
    };
    expect(await whoIs(jo)).toEqual([`arn:aws:iam::${account}:user/jo`, account]);
    // Nothing allows the user anything, and nobody asks.
    await new KinesisClient(settings(jo)).send(new ListStreamsCommand({}));
    await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: trust }));
    const RoleArn = `arn:aws:iam::${account}:role/app`;
    const sts = new STSClient(settings(jo));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "one" }));
    expect(await whoIs(keyOf(Credentials))).toEqual([
      `arn:aws:sts::${account}:assumed-role/app/one`,
      account,
    ]);
    expect(await whoIs({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" })).toEqual([
      `arn:aws:iam::${account}:root`,
      account,
    ]);
  });

  it("end at their time in verify mode", async () => {
    const clock = new ManualClock(Date.now());
    await start("verify", clock);
    const { accessKeyId = "", secretKey = "" } = millrace.firstCredential ?? {};
    const root = { accessKeyId, secretAccessKey: secretKey };
    const sts = new STSClient(settings(root));
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const key = keyOf(Credentials);
    expect(await whoIs(key)).toEqual([`arn:aws:iam::${account}:root`, account]);
    clock.advance(900_000);
    const later = new STSClient(settings(key, 900_000));
    await expect(later.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "ExpiredToken",
    });
    const withoutToken = { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey };
    const half = new STSClient(settings(withoutToken, 900_000));
    await expect(half.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
  });
});
