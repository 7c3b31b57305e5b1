import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateStreamCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AdminAnswer, admin, signedAdmin } from "../fixtures/admin-client.ts";
import { eventually } from "../fixtures/firehose-client.ts";
import { type Key, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const other = "222222222222";

interface Drawn {
  readonly nodes: readonly { readonly id: string; readonly status?: string }[];
  readonly message?: string;
}

let millrace: VerifyingMillrace;
let firehose: FirehoseClient;

const call = <Body>(key: Key, name: string, body?: object): Promise<AdminAnswer<Body>> =>
  signedAdmin<Body>(millrace.process.url, key, name, body);

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account, { "transition-ms": "50" });
  const { kinesis, s3, iam } = millrace.as(millrace.root);
  for (const StreamName of ["clicks", "copy"])
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  const Principal = { Service: "firehose.amazonaws.com" };
  const trust = { Statement: { Effect: "Allow", Principal, Action: "sts:AssumeRole" } };
  await iam.send(
    new CreateRoleCommand({ RoleName: "deliver", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const policy = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: "deliver", PolicyName: "s3", PolicyDocument: JSON.stringify(policy) },
    }),
  );
  const configuration = { endpoint: millrace.process.url, region: "us-east-1", credentials: millrace.root };
  firehose = new FirehoseClient(configuration);
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: "archive",
      ExtendedS3DestinationConfiguration: {
        ...{ BucketARN: "arn:aws:s3:::lake", RoleARN: `arn:aws:iam::${account}:role/deliver` },
      },
    }),
  );
  await eventually(async () => {
    const { body } = await call<Drawn>(millrace.root, "GET topology");
    return body.nodes.filter(({ status }) => status === "ACTIVE").length === 3;
  });
});

afterAll(async () => {
  firehose?.destroy();
  await millrace?.dispose();
});

/** The key of a new user who may do what is said. */
async function userWho(UserName: string, ...Action: readonly string[]): Promise<Key> {
  const { iam } = millrace.as(millrace.root);
  await iam.send(new CreateUserCommand({ UserName }));
  if (Action.length > 0) {
    const PolicyDocument = JSON.stringify({ Statement: { Effect: "Allow", Action, Resource: "*" } });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

const calls: readonly (readonly [action: string, name: string, body: object | undefined, status: number])[] =
  [
    ["GetTopology", "GET topology", undefined, 200],
    ["GetStreamUse", "GET streams/clicks/use", undefined, 200],
    ["ReplayStream", "POST streams/clicks/replay", { into: "copy" }, 202],
    ["ListReplays", "GET replays", undefined, 200],
    ["GetReplay", "GET replays/none", undefined, 404],
    ["DeleteReplay", "DELETE replays/none", undefined, 404],
    ["GetDeliveryUse", "GET deliveries/archive/use", undefined, 200],
    ["FlushDelivery", "POST deliveries/archive/flush", undefined, 200],
  ];

it.each(calls)("millrace:%s decides about %s", async (action, name, body, status) => {
  expect((await admin(millrace.process.url, name, body)).status).toBe(403);
  const allowed = await userWho(`allowed-${action}`, `millrace:${action}`);
  expect((await call(allowed, name, body)).status).toBe(status);
  const refused = await call<{ message: string }>(await userWho(`refused-${action}`), name, body);
  expect(refused.status).toBe(403);
  expect(refused.body.message).toContain(`millrace:${action}`);
});

it("shows another account's root nothing of this account, by name or by ARN", async () => {
  const { body: made } = await call<{ accessKeyId: string; secretKey: string }>(
    millrace.root,
    `POST accounts/${other}`,
  );
  const stranger = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretKey };
  expect((await call<Drawn>(stranger, "GET topology")).body.nodes).toEqual([]);
  const stream = encodeURIComponent(`arn:aws:kinesis:us-east-1:${account}:stream/clicks`);
  const delivery = encodeURIComponent(`arn:aws:firehose:us-east-1:${account}:deliverystream/archive`);
  for (const name of ["clicks", stream])
    expect((await call(stranger, `GET streams/${name}/use`)).status).toBe(404);
  for (const name of ["archive", delivery])
    expect((await call(stranger, `POST deliveries/${name}/flush`)).status).toBe(404);
  const { body: own } = await call<{ id: string }>(millrace.root, "POST streams/clicks/replay", {
    into: "copy",
  });
  expect((await call(stranger, `GET replays/${own.id}`)).status).toBe(404);
  expect((await call(stranger, `DELETE replays/${own.id}`)).status).toBe(404);
  expect((await call<{ replays: object[] }>(stranger, "GET replays")).body.replays).toEqual([]);
  expect((await call(millrace.root, `GET streams/${stream}/use`)).status).toBe(200);
});
