import { expect, test } from "vitest";
import {
  DamagedObjectError,
  ObjectGoneError,
  StoreUnavailableError,
} from "../../kernels/objects/errors-port.ts";
import type { BlobStore } from "../../kernels/objects/port.ts";
import { bytesFrom, gathered, seededRandom } from "../../kernels/objects/store-fixture.ts";
import { partBytes, partsInFlight } from "./limits.ts";
import { type Fault, TestEndpoint } from "./test-endpoint.ts";

const mebibyte = 1024 * 1024;
const refused: Fault = { kind: "refuse", status: 403, code: "AccessDenied" };

async function* stream(bytes: Buffer, chunkBytes = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

async function read(store: BlobStore, id: string, end: number): Promise<Buffer> {
  return gathered(await store.open(id, { start: 0, end }));
}

async function olderOf(store: BlobStore): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const id of store.older()) ids.push(id);
  return ids;
}

test("a download that breaks goes on where it broke, as often as it gets further", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  const bytes = bytesFrom(1, mebibyte);
  const { id } = await store.write(bytes);
  endpoint.fault = ({ operation }) =>
    operation === "GetObject" ? { kind: "cut", afterBytes: 100_000 } : undefined;
  expect((await read(store, id, bytes.length)).equals(bytes)).toBe(true);
  expect(endpoint.count("GetObject")).toBe(11);
});

test("a download that gets no further ends with an error", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  const { id } = await store.write(bytesFrom(1, 1000));
  endpoint.fault = () => ({ kind: "cut", afterBytes: 0 });
  await expect(read(store, id, 1000)).rejects.toThrow(StoreUnavailableError);
  expect(endpoint.count("GetObject")).toBe(4);
});

test("a blob that became shorter or went is told from an endpoint that fails", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  const { id } = await store.write(bytesFrom(1, 1000));
  const [key = ""] = endpoint.objects.keys();
  endpoint.objects.set(key, bytesFrom(1, 900));
  await expect(read(store, id, 1000)).rejects.toThrow(DamagedObjectError);
  await expect(store.open(id, { start: 950, end: 1000 })).rejects.toThrow(DamagedObjectError);
  await expect(store.open(id, { start: 950, end: 950 })).rejects.toThrow(DamagedObjectError);
  endpoint.fault = () => refused;
  await expect(read(store, id, 900)).rejects.toThrow("the object store s3=bucket/p/ failed: AccessDenied");
  endpoint.fault = () => undefined;
  endpoint.objects.clear();
  await expect(read(store, id, 900)).rejects.toThrow(ObjectGoneError);
});

test("readers that stop early, or never begin, give their connections back", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  const bytes = bytesFrom(1, 8 * mebibyte);
  const { id } = await store.write(bytes);
  // More of them than there are connections: the last ones would wait for ever.
  for (let round = 0; round < 200; round++) {
    const reading = await store.open(id, { start: 0, end: bytes.length });
    if (round % 2 === 0) for await (const _chunk of reading) break;
    await reading.close();
    await reading.close();
  }
  expect((await read(store, id, bytes.length)).equals(bytes)).toBe(true);
});

test("what a source throws goes through, and the parts that were sent go", async () => {
  await using endpoint = await TestEndpoint.start();
  const error = new Error("the client hung up");
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield* stream(bytesFrom(1, 3 * partBytes));
    throw error;
  };
  await expect(endpoint.open().write(source())).rejects.toBe(error);
  expect(endpoint.count("UploadPart")).toBeGreaterThan(0);
  expect([endpoint.uploads.size, endpoint.objects.size]).toEqual([0, 0]);
});

test.each(["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "PutObject"])(
  "a write whose %s is refused leaves nothing",
  async (operation) => {
    await using endpoint = await TestEndpoint.start();
    endpoint.fault = (request) => (request.operation === operation ? refused : undefined);
    const bytes = bytesFrom(1, operation === "PutObject" ? 10 : 5 * partBytes);
    await expect(endpoint.open().write(stream(bytes))).rejects.toThrow(StoreUnavailableError);
    expect([endpoint.uploads.size, endpoint.objects.size]).toEqual([0, 0]);
  },
);

test("an answer that gets lost behind a finished upload does not fail it", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  let lost = 0;
  endpoint.fault = ({ operation }) => {
    if (operation !== "CompleteMultipartUpload" || lost > 0) return undefined;
    lost += 1;
    return { kind: "lose answer" };
  };
  const bytes = bytesFrom(1, 2 * partBytes + 1);
  const { id, size } = await store.write(stream(bytes));
  expect(endpoint.count("CompleteMultipartUpload")).toBe(2);
  expect((await read(store, id, size)).equals(bytes)).toBe(true);
});

test("few parts of an object are on their way at a time, all of one size but the last", async () => {
  await using endpoint = await TestEndpoint.start();
  let underWay = 0;
  let most = 0;
  endpoint.fault = async ({ operation }) => {
    if (operation !== "UploadPart") return undefined;
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return undefined;
  };
  const sizes: number[] = [];
  const store = endpoint.open();
  const bytes = bytesFrom(1, 9 * partBytes + 5);
  // Parts are looked at before they become an object.
  const holding = endpoint.fault;
  endpoint.fault = (request) => {
    if (request.operation === "CompleteMultipartUpload")
      for (const parts of endpoint.uploads.values())
        for (const [, part] of [...parts].sort(([a], [b]) => a - b)) sizes.push(part.length);
    return holding(request);
  };
  await store.write(stream(bytes, 3 * mebibyte + 1));
  expect(sizes).toEqual([...Array<number>(9).fill(partBytes), 5]);
  expect(most).toBeLessThanOrEqual(partsInFlight);
  await store.write(bytes.subarray(0, partBytes));
  expect(endpoint.count("PutObject")).toBe(1);
});

test("a bucket that is missing is made, and looked through without an error", async () => {
  await using endpoint = await TestEndpoint.start();
  endpoint.hasBucket = false;
  const store = endpoint.open();
  expect(await olderOf(store)).toEqual([]);
  const { id } = await store.write(bytesFrom(1, 10));
  expect(await read(store, id, 10)).toEqual(bytesFrom(1, 10));
  endpoint.hasBucket = false;
  await store.write(stream(bytesFrom(1, partBytes + 1)));
  expect(endpoint.count("CreateBucket")).toBe(2);
});

test("a later process finds all older blobs, page by page, and ends older uploads; others' stay", async () => {
  await using endpoint = await TestEndpoint.start();
  endpoint.pageKeys = 2;
  const store = endpoint.open();
  const written: string[] = [];
  for (let i = 0; i < 5; i++) written.push((await store.write(bytesFrom(i, 10))).id);
  const foreign = endpoint.open("fedcba9876543210");
  await foreign.write(bytesFrom(9, 10));
  endpoint.uploads.set(`p/${written[0]} 7`, new Map());
  endpoint.uploads.set("p/somebody/else 8", new Map());
  expect(await olderOf(store)).toEqual([]);
  expect(endpoint.uploads.size).toBe(2);
  expect([...(await olderOf(endpoint.open()))].sort()).toEqual(written.sort());
  expect([...endpoint.uploads.keys()]).toEqual(["p/somebody/else 8"]);
});

test("looking for older blobs at an endpoint that fails is an error of the store", async () => {
  await using endpoint = await TestEndpoint.start();
  endpoint.fault = () => refused;
  await expect(olderOf(endpoint.open())).rejects.toThrow(StoreUnavailableError);
  const store = endpoint.open();
  const { id } = await store.startUpload();
  await expect(store.remove(id)).rejects.toThrow(StoreUnavailableError);
});

test("parts of any sizes become one blob, small ones too, and a failure leaves the parts alone", async () => {
  await using endpoint = await TestEndpoint.start();
  const store = endpoint.open();
  const random = seededRandom(3);
  const upload = await store.startUpload();
  const known = (): readonly never[] => [];
  for (let round = 0; round < 5; round++) {
    const bodies = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, i) =>
      bytesFrom(round * 10 + i, Math.floor(random() * (random() < 0.5 ? 9 * mebibyte : 1000))),
    );
    const parts = await Promise.all(
      bodies.map((body, i) =>
        store.writePart(upload.id, stream(body), { number: i + 1, declaredBytes: undefined, known }),
      ),
    );
    endpoint.fault = ({ operation }) => (operation === "CompleteMultipartUpload" ? refused : undefined);
    await expect(store.compose(upload.id, parts, [])).rejects.toThrow(StoreUnavailableError);
    endpoint.fault = () => undefined;
    expect([endpoint.uploads.size, endpoint.objects.size]).toEqual([0, parts.length]);
    const blob = await store.compose(upload.id, parts, []);
    await store.endUpload(upload.id, parts, blob);
    expect((await read(store, blob.id, blob.size)).equals(Buffer.concat(bodies))).toBe(true);
    expect(endpoint.objects.size).toBe(1);
    await store.remove(blob.id);
  }
  const nothing = await store.compose(upload.id, [], []);
  expect(nothing.size).toBe(0);
  expect(await read(store, nothing.id, 0)).toHaveLength(0);
});
