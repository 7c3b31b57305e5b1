import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestLine } from "./archive-writer.ts";
import { loadSnapshot, SnapshotError, type SnapshotProgress, saveSnapshot } from "./index.ts";

let folder = "";
let from = "";
let to = "";
let file = "";
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const key = Buffer.alloc(32, 7).toString("base64");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-snapshot-"));
  [from, to, file] = [join(folder, "from"), join(folder, "to"), join(folder, "state.tar.zst")];
  await mkdir(join(from, "kinesis/deep/empty"), { recursive: true });
  await writeFile(join(from, "master.key"), `${key}\n`);
  await writeFile(join(from, "kinesis/segment"), "records");
  await writeFile(join(from, `kinesis/deep/${"long name ".repeat(20)}`), Buffer.alloc(2_500_000, "abc"));
  await writeFile(join(from, "kinesis/nothing"), "");
  await mkdir(join(to, "old"), { recursive: true });
  await writeFile(join(to, "old/file"), "old");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** All files of a directory and their bytes; the lock is nobody's state. */
async function contentOf(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== ".lock")
    .map((entry) => join(entry.parentPath, entry.name));
  const all = names.map(
    async (name) => [name.slice(directory.length), (await readFile(name)).toString("latin1")] as const,
  );
  return Object.fromEntries(await Promise.all(all));
}

describe("a state in one file", () => {
  it("is the same when it was saved and loaded", async () => {
    const seen: SnapshotProgress[] = [];
    const manifest = await saveSnapshot(from, file, { onProgress: (progress) => seen.push(progress) });
    expect(manifest).toMatchObject({ files: 4, folders: 3, masterKey: { kind: "included" } });
    expect(seen.at(-1)).toEqual({
      bytes: manifest.bytes,
      totalBytes: manifest.bytes,
      files: 4,
      totalFiles: 4,
    });
    const loaded = await loadSnapshot(to, file);
    expect(loaded).toEqual({ manifest, notes: [] });
    expect(await contentOf(to)).toEqual(await contentOf(from));
    expect(existsSync(join(to, "kinesis/deep/empty"))).toBe(true);
    expect(existsSync(join(to, ".snapshot-load"))).toBe(false);
  });

  it("leaves out what belongs to the machine, links, and other data directories", async () => {
    const before = await contentOf(from);
    await mkdir(join(from, "scratch"));
    await mkdir(join(from, "demo"));
    for (const name of ["scratch/file", "run.json", "tls-key.pem", "demo/master.key", "demo/file"])
      await writeFile(join(from, name), "of this machine");
    await symlink("/etc/passwd", join(from, "kinesis/link"));
    await writeFile(join(to, "tls-key.pem"), "of that machine");
    await saveSnapshot(from, file);
    await loadSnapshot(to, file);
    expect(await contentOf(to)).toEqual({ ...before, "/tls-key.pem": "of that machine" });
  });

  it("loads where there was nothing, and does not overwrite a file", async () => {
    await saveSnapshot(from, file);
    await loadSnapshot(join(folder, "new/directory"), file);
    expect(await contentOf(join(folder, "new/directory"))).toEqual(await contentOf(from));
    await expect(saveSnapshot(from, file)).rejects.toThrow("exists already");
    await expect(saveSnapshot(join(folder, "nowhere"), join(folder, "x"))).rejects.toThrow(
      "no data directory",
    );
    await expect(loadSnapshot(to, join(folder, "nothing"))).rejects.toThrow("no file");
  });

  it("needs the master key that it was saved with, where that is given at each start", async () => {
    const other = Buffer.alloc(32, 8).toString("base64");
    await saveSnapshot(from, file);
    await expect(loadSnapshot(to, file, { masterKey: other })).rejects.toThrow("a master key of its own");
    await loadSnapshot(to, file, { masterKey: key });
    await rm(join(from, "master.key"));
    const given = join(folder, "given");
    await saveSnapshot(from, given, { masterKey: key });
    await expect(loadSnapshot(to, given)).rejects.toThrow("give the same --master-key");
    await expect(loadSnapshot(to, given, { masterKey: other })).rejects.toThrow("another --master-key");
    expect((await loadSnapshot(to, given, { masterKey: key })).notes).toEqual([
      expect.stringContaining("opens with the same --master-key only"),
    ]);
  });

  it("says that bytes lie elsewhere", async () => {
    await mkdir(join(from, "objects"));
    await writeFile(join(from, "objects/remote-owner"), "abc\n");
    await saveSnapshot(from, file);
    expect((await loadSnapshot(to, file)).notes).toEqual([expect.stringContaining("another S3")]);
  });
});

describe("a file that is no whole snapshot", () => {
  /** It is refused, and everything is as it was. */
  async function expectRefused(bytes: Buffer, message: RegExp | string): Promise<void> {
    await writeFile(file, bytes);
    const before = await contentOf(to);
    const failure = await loadSnapshot(to, file).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SnapshotError);
    expect((failure as Error).message).toMatch(message);
    expect(await contentOf(to)).toEqual(before);
    expect(existsSync(join(folder, "escaped"))).toBe(false);
  }

  async function saved(): Promise<Buffer> {
    await saveSnapshot(from, join(folder, "good"));
    return await readFile(join(folder, "good"));
  }

  /** Places below `length` at equal distances. */
  function cuts(length: number, count: number): number[] {
    return Array.from({ length: count }, (_, index) => Math.floor((index * length) / count));
  }

  it("is found out wherever it was cut short", async () => {
    const whole = await saved();
    // Node's compressor writes an empty frame behind the one that holds everything: it is no loss.
    const end = whole.lastIndexOf(zstdMagic) || whole.length;
    for (const length of [...cuts(end, 60), ...cuts(32, 32).map((n) => end - 32 + n)])
      await expectRefused(whole.subarray(0, length), /not a whole snapshot/);
    const tar = zstdDecompressSync(whole);
    // Behind the digest there are zeros.
    for (const length of cuts(tar.lastIndexOf("}"), 40))
      await expectRefused(zstdCompressSync(tar.subarray(0, length)), /not a whole snapshot/);
  });

  it("is found out when a byte was changed", async () => {
    const tar = zstdDecompressSync(await saved());
    // Content, the manifest, and the digest; padding and times are nobody's.
    for (const text of ["records", '"at"', '"sha256"', "abcabcabc"]) {
      const changed = Buffer.from(tar);
      const at = changed.indexOf(text) + 1;
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expectRefused(zstdCompressSync(changed), /not a whole snapshot/);
    }
  });

  it.each(["", "no snapshot at all", Buffer.alloc(100_000, 7).toString()])(
    "may be anything",
    async (text) => {
      await expectRefused(Buffer.from(text), /not a whole snapshot/);
      await expectRefused(zstdCompressSync(Buffer.from(text)), /not a whole snapshot/);
    },
  );

  const manifest = {
    ...{ format: "millrace-snapshot", formatVersion: 1, version: "0.0.1", at: "2026-01-01T00:00:00Z" },
    ...{ files: 1, folders: 0, bytes: 4, masterKey: { kind: "included" }, hasRemoteObjects: false },
  };
  /** What comes behind the digest. */
  let after: Crafted | undefined;
  afterEach(() => {
    after = undefined;
  });

  interface Crafted {
    readonly header: Partial<Header> & Pick<Header, "name">;
    readonly text?: string;
  }

  /** An archive as somebody would make it who knows the format. */
  async function crafted(described: object, ...entries: readonly Crafted[]): Promise<Buffer> {
    const tar = pack();
    const whole = buffer(tar as unknown as AsyncIterable<Uint8Array>);
    const text = JSON.stringify(described);
    const hash = createHash("sha256").update(text);
    tar.entry({ name: "millrace-snapshot.json" }, text);
    let [files, bytes] = [0, 0];
    for (const { header, text: content } of entries) {
      const path = header.name.replace(/^data\//, "");
      hash.update(digestLine(path, content?.length)).update(content ?? "");
      if (content === undefined) tar.entry(header);
      else {
        tar.entry(header, content);
        files++;
        bytes += content.length;
      }
    }
    const digest = { files, bytes, sha256: hash.digest("hex") };
    tar.entry({ name: "millrace-digest.json" }, `${JSON.stringify(digest)}\n`);
    if (after !== undefined) tar.entry(after.header, after.text ?? "");
    tar.finalize();
    return zstdCompressSync(await whole);
  }

  it("may have something behind its end", async () => {
    after = { header: { name: "data/file" }, text: "text" };
    await expectRefused(await crafted({ ...manifest, files: 0, bytes: 0 }), /follows its end/);
  });

  it("is crafted well enough that a good one of the kind loads", async () => {
    await writeFile(file, await crafted(manifest, { header: { name: "data/file" }, text: "text" }));
    await loadSnapshot(to, file);
    expect(await contentOf(to)).toEqual({ "/file": "text" });
  });

  it.each([
    "../escaped",
    "data/../../escaped",
    "data/a/../../../escaped",
    "/tmp/escaped",
    "data//escaped",
    "data/./escaped",
    "data/",
    "data/.lock",
    "data/.LOCK",
    "data/scratch/file",
    "data/.snapshot-load/journal.json",
    "data/run.json",
    "data/a\\..\\escaped",
    "data/new\nline",
    `data/${"x".repeat(300)}`,
    `data/${"a/".repeat(100)}file`,
    "elsewhere/file",
  ])("may have a file in a place where none belongs: %j", async (name) => {
    await expectRefused(await crafted(manifest, { header: { name }, text: "text" }), /no place|no folder/);
  });

  it.each([
    { name: "data/link", type: "symlink", linkname: "/etc/passwd" },
    { name: "data/link", type: "link", linkname: "data/file" },
    { name: "data/device", type: "character-device" },
    { name: "data/pipe", type: "fifo" },
  ] as const)("may have what is neither file nor folder: %j", async (header) => {
    await expectRefused(await crafted(manifest, { header }), /neither a file nor a folder/);
  });

  it("may name a place twice, or write below a file", async () => {
    const two = { ...manifest, files: 2, bytes: 8 };
    const first = { header: { name: "data/file" }, text: "text" };
    await expectRefused(await crafted(two, first, first), /twice/);
    await expectRefused(
      await crafted(two, first, { header: { name: "data/file/x" }, text: "text" }),
      /twice/,
    );
  });

  it("may have more in it, or less, than it says", async () => {
    const entry = { header: { name: "data/file" }, text: "x".repeat(5) };
    await expectRefused(await crafted(manifest, entry), /more in it/);
    await expectRefused(await crafted({ ...manifest, files: 0 }, entry), /more in it/);
    await expectRefused(await crafted({ ...manifest, bytes: 6 }, entry), /less in it/);
    const folders = { header: { name: "data/folder", type: "directory" as const } };
    await expectRefused(await crafted(manifest, folders), /more in it/);
  });

  it("may unpack to more than the disk has", async () => {
    const bomb = { header: { name: "data/file" }, text: "x".repeat(50_000_000) };
    await expectRefused(await crafted(manifest, bomb), /more in it/);
    await expectRefused(await crafted({ ...manifest, bytes: 2 ** 52 }, bomb), /are free/);
  });

  it.each([
    [{ formatVersion: 2 }, "has format 2, and this Millrace"],
    [{ version: "999.0.0" }, "saved by Millrace 999.0.0, which is later"],
    [{ version: "x" }, "incomplete"],
    [{ files: -1 }, "incomplete"],
    [{ bytes: "many" }, "incomplete"],
    [{ account: "me" }, "incomplete"],
    [{ masterKey: undefined }, "incomplete"],
    [{ format: "other" }, "description is missing"],
    [{ padding: "x".repeat(70_000) }, "too long"],
  ])("may describe itself as %j", async (described, message) => {
    const entry = { header: { name: "data/file" }, text: "text" };
    await expectRefused(await crafted({ ...manifest, ...described }, entry), message);
  });
});
