import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import type { VersionDocument } from "../applications/document.ts";
import { ObjectReadError } from "../dependencies.ts";
import { type Program, programOf } from "./program.ts";
import { ArchiveError, filesOfArchive } from "./zip-archive.ts";

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly stored?: boolean;
}

/** A zip archive, byte by byte. */
function archiveOf(...entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, stored = false } of entries) {
    const data = stored ? Buffer.from(text) : deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, Buffer.from(name), data]);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(offset, 12);
    directory.push(
      Buffer.concat([
        Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"),
        common,
        entry.subarray(2),
        Buffer.from(name),
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

const version: VersionDocument = {
  version: 1,
  createdMs: 0,
  runtime: "FLINK-1_20",
  role: "arn:aws:iam::000000000000:role/r",
  logging: [],
  archive: "a",
  configuration: {
    ApplicationCodeConfigurationDescription: { CodeContentType: "ZIPFILE", CodeContentDescription: {} },
  },
};
const application = { account: "000000000000", region: "us-east-1", name: "a" };
const noObjects = {
  objects: { read: () => Promise.reject(new ObjectReadError("no")) },
  dialect: { rewrite: async (text: string) => ({ text, placeOf: (at: number) => at }) },
};

const fromArchive = (archive: Uint8Array): Promise<Program> =>
  programOf(noObjects, application, version, undefined, () => archive);

it("takes the .sql file at the top of an archive", async () => {
  const archive = archiveOf(
    { name: "program.sql", text: "SELECT 'ü'" },
    { name: "lib/other.sql", text: "SELECT 2" },
    { name: "README.md", text: "read me", stored: true },
  );
  expect(await fromArchive(archive)).toMatchObject({ kind: "sql", text: "SELECT 'ü'" });
});

it("leaves jars and Python to a real Flink", async () => {
  const jar = archiveOf(
    { name: "a.sql", text: "SELECT 1" },
    { name: "com/acme/Job.class", text: "CAFEBABE" },
  );
  expect((await fromArchive(jar)).kind).toBe("foreign");
  expect((await fromArchive(archiveOf({ name: "main.py", text: "import pyflink" }))).kind).toBe("foreign");
  expect((await fromArchive(archiveOf({ name: "deep/a.sql", text: "SELECT 1" }))).kind).toBe("foreign");
});

it("wants one program", async () => {
  const two = archiveOf({ name: "a.sql", text: "SELECT 1" }, { name: "b.sql", text: "SELECT 2" });
  await expect(fromArchive(two)).rejects.toThrow(
    "The archive has 2 .sql files at its top: there must be one.",
  );
});

it("refuses what is no archive, or too large when unpacked", async () => {
  await expect(fromArchive(Buffer.from("no archive at all, but a text"))).rejects.toThrow(
    "not a zip archive",
  );
  const bomb = archiveOf({ name: "a.sql", text: " ".repeat(2_000_000) });
  await expect(fromArchive(bomb)).rejects.toThrow(/2000000 bytes; 1048576 are allowed/);
});

it("fails in its own words on whatever archive", () => {
  const whole = archiveOf({ name: "a.sql", text: "SELECT 1" }, { name: "b.txt", text: "b", stored: true });
  let seed = 42;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return seed % below;
  };
  for (let round = 0; round < 2_000; round++) {
    const damaged = Buffer.from(whole.subarray(0, round % 3 === 0 ? random(whole.length) : whole.length));
    for (let change = 0; change < 3 && damaged.length > 0; change++)
      damaged[random(damaged.length)] = random(256);
    try {
      for (const file of filesOfArchive(damaged, 1_000)) file.read();
    } catch (error) {
      expect(error).toBeInstanceOf(ArchiveError);
    }
  }
});
