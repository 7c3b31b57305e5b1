import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountOfAccessKeyId, newAccessKeyId } from "../../core/access-key-id.ts";
import { ManualClock } from "../../core/clock.ts";
import { MasterKey } from "../../core/master-key.ts";
import { CredentialStore } from "./credential-store.ts";

const account = "123456789012";
let directory: string;
let masterKey: MasterKey;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "millrace-credentials-"));
  masterKey = MasterKey.random();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = (key = masterKey): Promise<CredentialStore> =>
  CredentialStore.open({ directory, masterKey: key, clock: new ManualClock() });
const file = (): string => join(directory, "credentials.json");

test("the root credential is made once, shown once and found again after a restart", async () => {
  const store = await open();
  const made = await store.ensureRoot(account);
  expect(made).toMatchObject({ account, accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) });
  expect(made?.secretKey).toHaveLength(40);
  expect(await store.ensureRoot(account)).toBeUndefined();
  const again = await open();
  expect(await again.ensureRoot(account)).toBeUndefined();
  expect(again.lookup(made?.accessKeyId ?? "", undefined)).toMatchObject({
    secretKey: made?.secretKey,
    account,
    arn: `arn:aws:iam::${account}:root`,
    kind: "root",
  });
  expect(again.lookup("AKIANOBODY", undefined)).toBeUndefined();
  expect(JSON.stringify(again.list())).not.toContain(made?.secretKey);
});

test("the file is for its owner only and does not hold the secret in the clear", async () => {
  const made = await (await open()).addRoot(account);
  const text = await readFile(file(), "utf8");
  expect(text).toContain(made.accessKeyId);
  expect(text).not.toContain(made.secretKey);
  expect(text).not.toContain(Buffer.from(made.secretKey).toString("base64"));
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(["credentials.json"]);
});

test("several accounts, several keys an account, and keys that are taken away", async () => {
  const store = await open();
  const made = await Promise.all([account, account, "000000000001"].map((owner) => store.addRoot(owner)));
  expect(new Set(made.map((one) => one.accessKeyId)).size).toBe(3);
  expect(await store.remove(made[0]?.accessKeyId ?? "")).toBe(true);
  expect(await store.remove(made[0]?.accessKeyId ?? "")).toBe(false);
  const again = await open();
  expect(again.list().map((one) => one.accessKeyId)).toEqual(made.slice(1).map((one) => one.accessKeyId));
});

test("two first starts at once make one credential", async () => {
  const store = await open();
  const made = await Promise.all([1, 2, 3].map(() => store.ensureRoot(account)));
  expect(made.filter((one) => one !== undefined)).toHaveLength(1);
});

test("an operator's own credential is taken, a bad one refused", async () => {
  const store = await open();
  await store.importRoot({ accessKeyId: "test", secretKey: "testtest", account });
  await store.importRoot({ accessKeyId: "test", secretKey: "changed-since", account });
  expect((await open()).lookup("test", undefined)).toMatchObject({ secretKey: "changed-since" });
  const refused = [
    { accessKeyId: "a/b", secretKey: "testtest", account },
    { accessKeyId: "test", secretKey: "short", account },
    { accessKeyId: "test", secretKey: "testtest", account: "12345" },
  ];
  for (const one of refused) await expect(store.importRoot(one)).rejects.toThrow(RangeError);
  await expect(store.addRoot("not-an-account")).rejects.toThrow(RangeError);
  expect(store.list()).toHaveLength(1);
});

test("another master key, a damaged file and a moved secret are refused with a reason", async () => {
  const store = await open();
  await store.addRoot(account);
  await store.addRoot(account);
  const text = await readFile(file(), "utf8");
  await expect(open(MasterKey.random())).rejects.toThrow(/master key is another one/);
  const kept = JSON.parse(text);
  [kept.keys[0].secret, kept.keys[1].secret] = [kept.keys[1].secret, kept.keys[0].secret];
  const damaged = [
    text.slice(0, 100),
    "",
    "[]",
    '{"version":2,"keys":[]}',
    '{"version":1,"keys":[7]}',
    JSON.stringify(kept),
    text.replace(account, "999999999999"),
    text.replace('"root"', '"god"'),
    text.replace(/"secret": "..../, '"secret": "AAAA'),
  ];
  for (const content of damaged) {
    await writeFile(file(), content);
    await expect(open()).rejects.toMatchObject({ name: "CredentialsFileError" });
  }
});

test("a credential that could not be written does not count, and the next one can be", async () => {
  const store = await open();
  await rm(directory, { recursive: true });
  await expect(store.addRoot(account)).rejects.toMatchObject({ code: "ENOENT" });
  expect(store.list()).toEqual([]);
  directory = await mkdtemp(join(tmpdir(), "millrace-credentials-"));
  await chmod(directory, 0o700);
  const other = await open();
  await other.addRoot(account);
  expect(other.list()).toHaveLength(1);
});

test("in memory nothing is written", async () => {
  const store = await CredentialStore.open({ directory: undefined, masterKey });
  const made = await store.ensureRoot(account);
  expect(store.lookup(made?.accessKeyId ?? "", undefined)).toMatchObject({ account });
});

test("an access key id carries its account", () => {
  for (const owner of ["000000000000", "000000000001", "123456789012", "999999999999"]) {
    expect(accountOfAccessKeyId(newAccessKeyId(owner))).toBe(owner);
    expect(accountOfAccessKeyId(newAccessKeyId(owner, "ASIA"))).toBe(owner);
  }
  for (const other of [
    "",
    "AKIA",
    "test",
    "AKIAIOSFODNN7EXAMPLE!",
    "AKIAAAAAAAAAAAAAAAAA",
    "XKIAQQQQQQQQQQQQQQQQ",
  ]) {
    expect(accountOfAccessKeyId(other)).toBeUndefined();
  }
  // A key id of AWS's own whose account is publicly known.
  expect(accountOfAccessKeyId("ASIAQNZGKIQY56JQ7WML")).toBe("029608264753");
});
