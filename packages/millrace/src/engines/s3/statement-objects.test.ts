import { expect, test } from "vitest";
import { bytesFrom } from "../../kernels/objects/store-fixture.ts";
import { partBytes } from "./limits.ts";
import { RemoteObjects } from "./statement-objects.ts";
import { TestEndpoint } from "./test-endpoint.ts";

const text = { contentType: "text/plain", kmsKeyId: undefined } as const;
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

function connect({ url }: { readonly url: string }, signal = new AbortController().signal): RemoteObjects {
  return new RemoteObjects({ endpoint: url, region: "us-east-1", credentials, signal });
}

async function* pieces(bytes: Buffer, pieceBytes = 1_000_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test("what is put is listed over pages, opened, read in ranges and removed", async () => {
  await using endpoint = await TestEndpoint.start();
  endpoint.pageKeys = 2;
  const objects = connect(endpoint);
  const bytes = bytesFrom(1, 2 * partBytes + 5);
  expect(await objects.put("bucket", "in/big", pieces(bytes), text)).toEqual({ bytes: bytes.length });
  for (const name of ["1", "2", "3"])
    await objects.put("bucket", `in/${name}`, pieces(Buffer.from(name)), text);
  const found: string[] = [];
  for await (const { key } of objects.list("bucket", "in/")) found.push(key);
  expect(found).toEqual(["in/1", "in/2", "in/3", "in/big"]);
  const opened = await objects.open("bucket", "in/big");
  expect(opened).toMatchObject({ key: "in/big", bytes: bytes.length, path: undefined });
  expect((await gathered(opened.stream())).equals(bytes)).toBe(true);
  expect(await gathered(opened.stream({ start: 5, end: 9 }))).toEqual(bytes.subarray(5, 9));
  expect(await gathered(opened.stream({ start: 9, end: 9 }))).toEqual(Buffer.alloc(0));
  await objects.remove("bucket", "in/big");
  await expect(objects.open("bucket", "in/big")).rejects.toMatchObject({ code: "NoSuchKey", status: 404 });
  await objects.close();
});

test("an endpoint's errors keep their codes, those of a HEAD too", async () => {
  await using endpoint = await TestEndpoint.start();
  const objects = connect(endpoint);
  endpoint.fault = () => ({ kind: "refuse", status: 403, code: "AccessDenied" });
  const denied = { name: "WarehouseObjectError", code: "AccessDenied", status: 403 };
  await expect(objects.open("bucket", "k")).rejects.toMatchObject(denied);
  await expect(objects.list("bucket", "").next()).rejects.toMatchObject(denied);
  await expect(objects.put("bucket", "k", pieces(Buffer.from("x")), text)).rejects.toMatchObject(denied);
  await expect(objects.remove("bucket", "k")).rejects.toMatchObject(denied);
  endpoint.fault = () => undefined;
  endpoint.hasBucket = false;
  const missing = { code: "NoSuchBucket", status: 404 };
  await expect(objects.open("bucket", "k")).rejects.toMatchObject(missing);
  // A statement makes no buckets.
  await expect(objects.put("bucket", "k", pieces(Buffer.from("x")), text)).rejects.toMatchObject(missing);
  expect(endpoint.count("CreateBucket")).toBe(0);
  await objects.close();
});

test("a connection that breaks, or that there is none, is a closed route", async () => {
  const endpoint = await TestEndpoint.start();
  const objects = connect(endpoint);
  await objects.put("bucket", "k", pieces(bytesFrom(1, 100_000)), text);
  const opened = await objects.open("bucket", "k");
  endpoint.fault = () => ({ kind: "cut", afterBytes: 10 });
  await expect(gathered(opened.stream())).rejects.toMatchObject({ code: "RouteClosed", status: 503 });
  await endpoint[Symbol.asyncDispose]();
  await expect(objects.open("bucket", "k")).rejects.toMatchObject({
    code: "RouteClosed",
    message: "S3 could not be reached: ECONNREFUSED",
  });
  await objects.close();
});

test("what a body throws goes through, and nothing of it stays", async () => {
  await using endpoint = await TestEndpoint.start();
  const objects = connect(endpoint);
  const error = new Error("division by zero");
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield* pieces(bytesFrom(1, 3 * partBytes));
    throw error;
  };
  await expect(objects.put("bucket", "k", failing(), text)).rejects.toBe(error);
  expect(endpoint.count("UploadPart")).toBeGreaterThan(0);
  expect([endpoint.uploads.size, endpoint.objects.size]).toEqual([0, 0]);
  await objects.close();
});

test.each(["PutObject", "UploadPart", "GetObject", "ListObjectsV2"])(
  "a statement that is cancelled does not wait for a %s",
  async (operation) => {
    await using endpoint = await TestEndpoint.start();
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const objects = connect(endpoint, controller.signal);
    const stored = bytesFrom(1, operation === "UploadPart" ? 2 * partBytes : 1_000);
    endpoint.objects.set("k", stored);
    const opened = await objects.open("bucket", "k");
    endpoint.fault = (request) => {
      if (request.operation !== operation) return undefined;
      controller.abort(reason);
      return new Promise(() => {});
    };
    const acts: Readonly<Record<string, () => Promise<unknown>>> = {
      GetObject: () => gathered(opened.stream()),
      ListObjectsV2: () => objects.list("bucket", "").next(),
    };
    const act = acts[operation] ?? (() => objects.put("bucket", "new", pieces(stored), text));
    await expect(act()).rejects.toBe(reason);
    expect([...endpoint.objects.keys(), ...endpoint.uploads.keys()]).toEqual(["k"]);
    await objects.close();
  },
);
