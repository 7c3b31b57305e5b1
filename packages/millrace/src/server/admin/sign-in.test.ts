import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMillrace, type Millrace } from "../../index.ts";
import { send, type TestKey } from "./test-admin.ts";

const account = "111111111111";
const password = "Correct-horse-1";
let millrace: Millrace;
let iam: IAMClient;

beforeEach(async () => {
  millrace = await createMillrace({ durability: "memory", account, auth: "verify" });
  const root = millrace.firstCredential ?? { accessKeyId: "", secretKey: "" };
  const credentials = { accessKeyId: root.accessKeyId, secretAccessKey: root.secretKey };
  iam = new IAMClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  await iam.send(new CreateUserCommand({ UserName: "jo" }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "jo", Password: password }));
});
afterEach(() => millrace.close());

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: {
    readonly code?: string;
    readonly message?: string;
    readonly arn?: string;
    readonly credentials?: {
      accessKeyId: string;
      secretAccessKey: string;
      sessionToken: string;
      expiration: number;
    };
  };
}

async function signIn(body: object | string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${millrace.url}/_millrace/sign-in`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const { status } = response;
  return {
    status,
    retryAfter: response.headers.get("retry-after"),
    body: (await response.json()) as Answer["body"],
  };
}

it("gives credentials that may do what the user may, and end with the user", async () => {
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["kinesis:List*", "millrace:GetStatus"], Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: "jo", PolicyName: "p", PolicyDocument }));
  const { status, body } = await signIn({ account, user: "JO", password });
  expect(status).toBe(200);
  expect(body.arn).toBe(`arn:aws:iam::${account}:user/jo`);
  expect((body.credentials?.expiration ?? 0) - Date.now()).toBeGreaterThan(11 * 3_600_000);
  const { accessKeyId = "", secretAccessKey = "", sessionToken = "" } = body.credentials ?? {};
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const kinesis = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
  });
  expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual([]);
  await expect(
    kinesis.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 })),
  ).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  const key: TestKey = { accessKeyId, secretKey: secretAccessKey, sessionToken };
  expect((await send(`${millrace.url}/_millrace/status`, key)).status).toBe(200);
  expect((await send(`${millrace.url}/_millrace/requests`, key)).status).toBe(403);
  await iam.send(new DeleteLoginProfileCommand({ UserName: "jo" }));
  expect((await signIn({ account, user: "jo", password })).status).toBe(401);
});

it("says the same to a wrong password, an unknown user, an unknown account and a user without password", async () => {
  await iam.send(new CreateUserCommand({ UserName: "al" }));
  const answers = await Promise.all([
    signIn({ account, user: "jo", password: "Wrong-horse-1" }),
    signIn({ account, user: "nobody", password }),
    signIn({ account: "999999999999", user: "jo", password }),
    signIn({ account, user: "al", password }),
  ]);
  for (const answer of answers)
    expect(answer).toEqual({
      status: 401,
      retryAfter: null,
      body: { code: "SignInFailed", message: "Account, user name or password are not right." },
    });
});

it("slows down who tries, known or unknown", async () => {
  for (const user of ["jo", "nobody"]) {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await signIn({ account, user, password: `Wrong-${i}` })).status);
    if (user === "jo") expect(statuses).toEqual([401, 401, 401, 401]);
    else expect(statuses.slice(1)).toEqual([429, 429, 429]);
  }
  const refused = await signIn({ account, user: "jo", password });
  expect(refused).toMatchObject({ status: 429, body: { code: "TooManyAttempts" } });
  expect(Number(refused.retryAfter)).toBeGreaterThan(0);
});

it("checks few passwords at once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => signIn({ account, user: `user${i}`, password })),
  );
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
  expect(answers.every(({ status }) => [401, 429].includes(status))).toBe(true);
});

it("has a password set that must be", async () => {
  await iam.send(new UpdateLoginProfileCommand({ UserName: "jo", PasswordResetRequired: true }));
  expect(await signIn({ account, user: "jo", password })).toMatchObject({
    status: 403,
    body: { code: "NewPasswordRequired" },
  });
  expect(await signIn({ account, user: "jo", password, newPassword: "weak" })).toMatchObject({
    status: 400,
    body: { code: "PasswordPolicyViolationException" },
  });
  expect(await signIn({ account, user: "jo", password, newPassword: "Battery-staple-2" })).toMatchObject({
    status: 200,
  });
  expect((await signIn({ account, user: "jo", password })).status).toBe(401);
  expect((await signIn({ account, user: "jo", password: "Battery-staple-2" })).status).toBe(200);
});

it.each<[string, object | string, number]>([
  ["no JSON", "{", 400],
  ["an array", [], 400],
  ["nothing", "", 400],
  ["no password", { account, user: "jo" }, 400],
  ["a password that is no text", { account, user: "jo", password: { length: 3 } }, 400],
  ["an endless password", { account, user: "jo", password: "x".repeat(129) }, 400],
  ["a large body", { account, user: "jo", password, more: "x".repeat(5_000) }, 413],
  ["a name of the prototype", { account: "__proto__", user: "constructor", password }, 401],
])("refuses %s", async (_what, body, status) => {
  expect((await signIn(body)).status).toBe(status);
});

it("refuses pages of other origins", async () => {
  expect(await signIn({ account, user: "jo", password }, { origin: "https://evil.example" })).toMatchObject({
    status: 403,
    body: { code: "CrossOriginRequest" },
  });
});

it("lets nobody in by the credentials of a user who is gone", async () => {
  const { body } = await signIn({ account, user: "jo", password });
  await iam.send(new DeleteLoginProfileCommand({ UserName: "jo" }));
  await iam.send(new DeleteUserCommand({ UserName: "jo" }));
  const { credentials } = body;
  const key = {
    accessKeyId: credentials?.accessKeyId ?? "",
    secretKey: credentials?.secretAccessKey ?? "",
    sessionToken: credentials?.sessionToken ?? "",
  };
  expect((await send(`${millrace.url}/_millrace/status`, key)).status).toBe(403);
});
