import { describe, expect, it } from "vitest";
import { everyRole, type RoleAccess, type RoleRefusal } from "../core/role-access.ts";
import type { ObjectAccess, StatementObjects } from "../kernels/warehouse/objects-port.ts";
import { RoleGuardedObjects } from "./role-guarded-objects.ts";
import { StatementRole } from "./statement-role.ts";

const roleArn = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;
const hub = roleArn("hub");
const spoke = roleArn("spoke");

function accessOf(...roleArns: readonly string[]): ObjectAccess {
  return {
    identity: { kind: "roles", roleArns },
    cluster: { account: "000000000000", region: "us-east-1", identifier: "sales" },
    region: "us-east-1",
    enhancedVpcRouting: false,
  };
}

/** The cluster may assume `hub`, and `hub` may assume `spoke`; nobody may do anything. */
const chained: RoleAccess = {
  assuming: ({ roleArn: role, assumedBy }): RoleRefusal | undefined =>
    (role === hub && assumedBy === undefined) || (role === spoke && assumedBy === hub)
      ? undefined
      : { kind: "assume", message: `no ${role} for ${assumedBy}` },
  refusal: ({ action, resources }) => ({ kind: "action", message: `no ${action} on ${resources}` }),
};

describe("the role of a statement", () => {
  it("is the last one of a chain, each of which is assumed by the one before it", () => {
    expect(new StatementRole(chained, accessOf(hub, spoke))).toMatchObject({
      roleArn: spoke,
      assumedBy: hub,
    });
    const first = new StatementRole(chained, accessOf(hub));
    expect([first.roleArn, first.assumedBy]).toEqual([hub, undefined]);
    for (const chain of [[spoke], [spoke, hub], [hub, hub], [hub, spoke, roleArn("third")]])
      expect(() => new StatementRole(chained, accessOf(...chain)), chain.join()).toThrow(
        expect.objectContaining({ code: "AccessDenied", status: 403 }),
      );
  });

  it("is attached to the cluster, as far as the first one goes", () => {
    expect(() => new StatementRole(chained, accessOf(hub, spoke), [hub])).not.toThrow();
    expect(() => new StatementRole(chained, accessOf(hub, spoke), [spoke])).toThrow(
      `The role ${hub} is not attached to the cluster.`,
    );
  });
});

describe("another S3 that the configuration's credentials open", () => {
  const asked: string[] = [];
  const objects: StatementObjects = {
    async *list() {
      asked.push("list");
      yield* [];
    },
    open: async (_bucket, key) => {
      asked.push("open");
      return {
        ...{ key, bytes: 0, lastModifiedMs: 0, etag: "", path: undefined },
        async *stream() {},
        close: async () => {},
      };
    },
    put: async () => {
      asked.push("put");
      return { bytes: 0 };
    },
    remove: async () => void asked.push("remove"),
    close: async () => void asked.push("close"),
  };
  const options = { contentType: "text/plain", kmsKeyId: undefined };
  const body = async function* (): AsyncGenerator<Uint8Array> {};
  const all = (guarded: StatementObjects): (() => Promise<unknown>)[] => [
    async () => {
      for await (const _ of guarded.list("lake", "in/"));
    },
    () => guarded.open("lake", "k"),
    () => guarded.put("lake", "k", body(), options),
    () => guarded.remove("lake", "k"),
  ];

  it("is asked only what the role may", async () => {
    const refused = new RoleGuardedObjects(objects, new StatementRole(chained, accessOf(hub)), "us-east-1");
    const messages: string[] = [];
    for (const act of all(refused)) await act().catch((error: Error) => messages.push(error.message));
    expect(messages).toEqual([
      "no s3:ListBucket on arn:aws:s3:::lake",
      "no s3:GetObject on arn:aws:s3:::lake/k",
      "no s3:PutObject on arn:aws:s3:::lake/k",
      "no s3:DeleteObject on arn:aws:s3:::lake/k",
    ]);
    expect(asked).toEqual([]);
    const allowed = new RoleGuardedObjects(objects, new StatementRole(everyRole, accessOf(hub)), "us-east-1");
    for (const act of all(allowed)) await act();
    await allowed.close();
    expect(asked).toEqual(["list", "open", "put", "remove", "close"]);
  });
});
