import { expect, test } from "vitest";
import { accountOfAccessKeyId } from "../../core/access-key-id.ts";
import { ManualClock } from "../../core/clock.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { Principal } from "../call.ts";
import { IssuedCredentials } from "./issued-credentials.ts";
import { type SessionPrincipal, SessionTokens } from "./session-tokens.ts";

const account = "123456789012";
const clock = new ManualClock();
const master = MasterKey.random();
const principal: SessionPrincipal = {
  ...{ arn: `arn:aws:sts::${account}:assumed-role/app/one`, account, kind: "role", userId: "AROA:one" },
  roleArn: `arn:aws:iam::${account}:role/app`,
  session: { issuedAtMs: clock.now(), policies: ["{}"], tags: { a: "b" }, transitiveTagKeys: [] },
};
const open = (key = master): SessionTokens => new SessionTokens({ master: key, clock });

test("what was issued opens again after a restart, with all that it carries", () => {
  const issued = open().issue(principal, 60_000);
  expect(accountOfAccessKeyId(issued.accessKeyId)).toBe(account);
  expect(issued.accessKeyId).toMatch(/^ASIA/);
  expect(issued.secretKey).toHaveLength(40);
  expect(open().open(issued.accessKeyId, issued.sessionToken)).toEqual({
    ...{ accessKeyId: issued.accessKeyId, secretKey: issued.secretKey, sessionToken: issued.sessionToken },
    ...{ account, arn: principal.arn, kind: "role", expiresAtMs: clock.now() + 60_000 },
    principal: { ...principal, accessKeyId: issued.accessKeyId },
  });
});

test("each session has a key, a secret and a token of its own, and its principal stays the same object", () => {
  const sessions = open();
  const [a, b] = [sessions.issue(principal, 1), sessions.issue(principal, 1)];
  expect(a.secretKey).not.toBe(b.secretKey);
  expect(sessions.open(a.accessKeyId, b.sessionToken)).toBeUndefined();
  const first = sessions.open(a.accessKeyId, a.sessionToken);
  expect(sessions.open(a.accessKeyId, a.sessionToken)?.principal).toBe(first?.principal);
});

test("nothing of it can be read or made up by others", () => {
  const { accessKeyId, sessionToken } = open().issue(principal, 1);
  expect(Buffer.from(sessionToken, "base64").toString("latin1")).not.toContain(account);
  const changed = Buffer.from(sessionToken, "base64");
  changed[20] = (changed[20] ?? 0) ^ 1;
  const forged = [changed.toString("base64"), sessionToken.slice(4), "", "x", "A".repeat(100_000)];
  for (const token of forged) expect(open().open(accessKeyId, token)).toBeUndefined();
  expect(open(MasterKey.random()).open(accessKeyId, sessionToken)).toBeUndefined();
});

test("a session that does not fit into a token is refused", () => {
  const policies = [Array.from({ length: 4_000 }, (_, i) => (i * 2_654_435_761) >>> 0).join()];
  expect(() => open().issue({ ...principal, session: { ...principal.session, policies } }, 1)).toThrow(
    RangeError,
  );
});

test("a session counts while its owner is there; a key is looked up without a token", () => {
  const sessions = open();
  const { accessKeyId, sessionToken } = sessions.issue(principal, 1);
  const gone = new Set<string>();
  const issued = new IssuedCredentials(
    {
      userCredential: (id) =>
        id === "AKIA" ? { accessKeyId: id, secretKey: "s", account, arn: "a", kind: "user" } : undefined,
      isCurrent: ({ arn }: Principal) => !gone.has(arn),
    },
    sessions,
  );
  expect(issued.lookup("AKIA", undefined)).toMatchObject({ kind: "user" });
  expect(issued.lookup(accessKeyId, undefined)).toBeUndefined();
  expect(issued.lookup(accessKeyId, sessionToken)).toMatchObject({ kind: "role" });
  gone.add(principal.arn);
  expect(issued.lookup(accessKeyId, sessionToken)).toBeUndefined();
});
