import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../core/errors.ts";
import { everyRole, type RoleAccess, type RoleUse } from "../core/role-access.ts";
import type { ObjectAccess } from "../kernels/warehouse/objects-port.ts";
import type { BucketKeys } from "../services/s3/dependencies.ts";
import { TestS3 } from "../services/s3/test-s3.ts";
import { DeliveryObjects } from "./delivery-objects.ts";
import { StatementRole } from "./statement-role.ts";
import { LocalObjects } from "./warehouse-objects.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/k";
const roleArn = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;
const access: ObjectAccess = {
  identity: { kind: "roles", roleArns: [roleArn("hub"), roleArn("spoke")] },
  cluster: { account: "000000000000", region: "us-east-1", identifier: "sales" },
  region: "us-east-1",
  enhancedVpcRouting: false,
};
const text = { contentType: "text/plain", kmsKeyId: undefined } as const;
const keys: BucketKeys = {
  keyArn: async (keyId) => {
    if (keyId === keyArn) return keyArn;
    throw new ServiceError("KMS.NotFoundException", `Key '${keyId}' does not exist`);
  },
  permission: ({ action, keyId = "" }) => ({ action, resources: [keyId] }),
};

let s3: TestS3;
let linksFolder: string;
beforeEach(async () => {
  linksFolder = mkdtempSync(join(tmpdir(), "millrace-links-"));
  s3 = await TestS3.start();
  await s3.run("CreateBucket", { Bucket: "lake" });
});
afterEach(async () => {
  await s3[Symbol.asyncDispose]();
  rmSync(linksFolder, { recursive: true, force: true });
});

function objects(roles: RoleAccess = everyRole, signal = new AbortController().signal): LocalObjects {
  const { clock, objects: store } = s3;
  return new LocalObjects(
    {
      ...{ objects: store, keys, clock, linksFolder },
      target: new DeliveryObjects({ objects: store, keys, roles, clock }),
      role: new StatementRole(roles, access),
    },
    access,
    signal,
  );
}

/** Roles that may do everything but what is named; `asked` is what they were asked for. */
class PickyRoles implements RoleAccess {
  readonly asked: RoleUse[] = [];
  readonly #refused: string;

  constructor(refused: string) {
    this.#refused = refused;
  }

  assuming(): undefined {
    return undefined;
  }

  refusal(use: RoleUse): { kind: "action"; message: string } | undefined {
    this.asked.push(use);
    return use.action === this.#refused ? { kind: "action", message: `no ${use.action}` } : undefined;
  }
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const one of texts) yield Buffer.from(one);
}

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function keysOf(prefix: string, from = objects()): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key } of from.list("lake", prefix)) found.push(key);
  return found;
}

describe("objects of statements in the platform's own S3", () => {
  it("are listed in the order of their keys, over pages", async () => {
    for (let i = 0; i < 1_001; i++)
      await objects().put("lake", `in/${`${i}`.padStart(4, "0")}`, pieces(), text);
    await objects().put("lake", "out/x", pieces("x"), text);
    const found = await keysOf("in/");
    expect(found).toHaveLength(1_001);
    expect(found).toEqual([...found].sort());
    expect(await keysOf("none/")).toEqual([]);
  });

  it("are read as a whole, in ranges and as a file, also when they go meanwhile", async () => {
    await objects().put("lake", "in/1", pieces("abc", "defg"), text);
    const opened = await objects().open("lake", "in/1");
    expect(opened).toMatchObject({ key: "in/1", bytes: 7 });
    expect(await gathered(opened.stream())).toBe("abcdefg");
    expect(await gathered(opened.stream({ start: 2, end: 5 }))).toBe("cde");
    await objects().remove("lake", "in/1");
    expect(readFileSync(opened.path ?? "", "utf8")).toBe("abcdefg");
    await opened.close();
    expect(readdirSync(linksFolder)).toEqual([]);
    await expect(objects().open("lake", "in/1")).rejects.toMatchObject({ code: "NoSuchKey", status: 404 });
  });

  it("have no file of their own when they are encrypted", async () => {
    await objects().put("lake", "secret", pieces("abc"), { ...text, kmsKeyId: keyArn });
    const opened = await objects().open("lake", "secret");
    expect(opened.path).toBeUndefined();
    expect(await gathered(opened.stream())).toBe("abc");
    await opened.close();
  });

  it("need a bucket, a key that there is, and a body that does not fail", async () => {
    const missing = { name: "WarehouseObjectError", code: "NoSuchBucket", status: 404 };
    await expect(objects().open("none", "k")).rejects.toMatchObject(missing);
    await expect(objects().put("none", "k", pieces("x"), text)).rejects.toMatchObject(missing);
    await expect(objects().remove("none", "k")).rejects.toMatchObject(missing);
    await expect(objects().list("none", "").next()).rejects.toMatchObject(missing);
    const unknown = objects().put("lake", "k", pieces("x"), { ...text, kmsKeyId: "other" });
    await expect(unknown).rejects.toMatchObject({ code: "KMS.NotFoundException" });
    const error = new Error("division by zero");
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("x");
      throw error;
    };
    await expect(objects().put("lake", "k", failing(), text)).rejects.toBe(error);
    expect(await keysOf("")).toEqual([]);
  });

  it("are not read from an archive", async () => {
    await s3.run("PutObject", { Bucket: "lake", Key: "cold", StorageClass: "GLACIER" });
    await expect(objects().open("lake", "cold")).rejects.toMatchObject({ code: "InvalidObjectState" });
  });

  it.each([
    ["s3:ListBucket", "arn:aws:s3:::lake", () => keysOf("in/", objects(refusing))],
    ["s3:GetObject", "arn:aws:s3:::lake/secret", () => objects(refusing).open("lake", "secret")],
    ["kms:Decrypt", keyArn, () => objects(refusing).open("lake", "secret")],
    ["s3:PutObject", "arn:aws:s3:::lake/new", () => objects(refusing).put("lake", "new", pieces(), text)],
    [
      "kms:GenerateDataKey",
      keyArn,
      () => objects(refusing).put("lake", "new", pieces(), { ...text, kmsKeyId: keyArn }),
    ],
    ["s3:DeleteObject", "arn:aws:s3:::lake/secret", () => objects(refusing).remove("lake", "secret")],
  ])("need %s of the last role of the chain", async (action, resource, act) => {
    await objects().put("lake", "secret", pieces("abc"), { ...text, kmsKeyId: keyArn });
    refusing = new PickyRoles(action);
    await expect(act()).rejects.toMatchObject({ code: "AccessDenied", status: 403, message: `no ${action}` });
    expect(refusing.asked.at(-1)).toMatchObject({
      ...{ action, resources: [resource], roleArn: roleArn("spoke"), assumedBy: roleArn("hub") },
      service: "redshift.amazonaws.com",
      sourceArn: "arn:aws:redshift:us-east-1:000000000000:cluster:sales",
    });
    expect(await keysOf("")).toEqual(["secret"]);
  });
  let refusing = new PickyRoles("");

  it("end with the statement", async () => {
    await objects().put("lake", "in/1", pieces("abc"), text);
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const opened = await objects(everyRole, controller.signal).open("lake", "in/1");
    controller.abort(reason);
    await expect(gathered(opened.stream())).rejects.toBe(reason);
    const put = objects(everyRole, controller.signal).put("lake", "k", pieces("x"), text);
    await expect(put).rejects.toBe(reason);
    expect(await keysOf("")).toEqual(["in/1"]);
    await opened.close();
  });
});
