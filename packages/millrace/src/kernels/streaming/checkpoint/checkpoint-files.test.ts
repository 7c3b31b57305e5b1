import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { OperatorSnapshot } from "../operator.ts";
import { decodeChecked, encodeChecked } from "./checked-json.ts";
import { nodeJobFiles } from "./node-job-files.ts";
import { readStateFile, writeStateFile } from "./state-file.ts";
import { MemoryFiles } from "./test-memory-files.ts";

const snapshot: OperatorSnapshot = {
  version: 1,
  mode: "double",
  parts: [
    {
      name: "keys",
      rowCount: 3,
      columns: [
        { name: "k", values: ["a", "b\u0000", "é"], nulls: undefined },
        { name: "v", values: Float64Array.of(1, -0, Number.NaN), nulls: Uint8Array.of(0, 1, 0) },
      ],
    },
  ],
};
const named = [
  { uid: "one", snapshot },
  { uid: "zwei ü", snapshot },
];

it("state files come back as they were, and are refused when a bit or the end is missing", async () => {
  const disk = new MemoryFiles();
  const files = disk.process();
  const written = await writeStateFile(files, "/s", named);
  expect(await readStateFile(files, "/s", written)).toEqual(named);
  const bytes = Buffer.from((await files.read("/s")) ?? []);
  expect(bytes.length).toBe(written.bytes);
  for (let at = 0; at < bytes.length; at += 7) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 4;
    await files.write("/flipped", [flipped]);
    await expect(readStateFile(files, "/flipped", written)).rejects.toThrow("is damaged");
    await files.write("/cut", [bytes.subarray(0, at)]);
    await expect(readStateFile(files, "/cut", written)).rejects.toThrow("is damaged");
  }
  await expect(readStateFile(files, "/none", written)).rejects.toThrow("is gone");
});

it("checked files are refused when anything of them has changed", () => {
  const value = { version: 1 as const, text: "ä\n" };
  const bytes = encodeChecked(value);
  expect(decodeChecked(bytes, "f")).toEqual(value);
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect(() => decodeChecked(flipped, "f")).toThrow();
    expect(() => decodeChecked(bytes.subarray(0, at), "f")).toThrow("The file f is damaged.");
  }
  const newer = encodeChecked({ version: 2 as unknown as 1 });
  expect(() => decodeChecked(newer, "f")).toThrow("The file f has version 2, which is not known.");
});

it("files of the real file system are written, linked and replaced without touching second names", async () => {
  const directory = mkdtempSync(join(tmpdir(), "millrace-job-files-"));
  const [a, b] = [join(directory, "a"), join(directory, "b")];
  try {
    await nodeJobFiles.write(a, [Buffer.from("one"), Buffer.from("two")]);
    await nodeJobFiles.link(a, b);
    await nodeJobFiles.write(a, [Buffer.from("three")]);
    await nodeJobFiles.syncDirectory(directory);
    expect(Buffer.from((await nodeJobFiles.read(b)) ?? []).toString()).toBe("onetwo");
    const log = await nodeJobFiles.append(join(directory, "log"));
    await log.append(Buffer.from("x"));
    await log.append(Buffer.from("y"));
    await log.close();
    expect(Buffer.from((await nodeJobFiles.read(join(directory, "log"))) ?? []).toString()).toBe("xy");
    expect(await nodeJobFiles.names(directory)).toEqual(["a", "b", "log"]);
    await nodeJobFiles.remove(a);
    await nodeJobFiles.remove(a);
    expect(await nodeJobFiles.read(a)).toBeUndefined();
    await nodeJobFiles.removeTree(directory);
    expect(await nodeJobFiles.names(directory)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
