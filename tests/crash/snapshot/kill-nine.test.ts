import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { CreateStreamCommand, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataDirectory } from "../../../packages/millrace/src/server/data-directory.ts";
import { saveSnapshot } from "../../../packages/millrace/src/server/snapshot/index.ts";
import { kinesisClient } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../../fixtures/run-command.ts";
import { s3Client } from "../../fixtures/s3-client.ts";

const loader = new URL("./loader.ts", import.meta.url).pathname;
const run = (...args: readonly string[]): Promise<CommandResult> =>
  runCommand([process.execPath, loader, ...args]);

let folder: string;
let file: string;
let before: Record<string, string>;
let loaded: Record<string, string>;

/** A state of several parts, of which some are called alike before and after. */
async function state(directory: string, text: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await mkdir(join(directory, part), { recursive: true });
    await writeFile(join(directory, part, "state"), `${part} ${text}`);
  }
  await writeFile(join(directory, "master.key"), `${Buffer.alloc(32, text).toString("base64")}\n`);
}

async function contentOf(directory: string): Promise<Record<string, string>> {
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && entry.name !== ".lock",
  );
  return Object.fromEntries(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(directory.length), await readFile(path, "utf8")] as const;
      }),
    ),
  );
}

/** What a Millrace finds that starts on the directory. */
function start(directory: string): void {
  new DataDirectory({ data: directory, durability: { mode: "sync" } }).close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-snapshot-crash-"));
  file = join(folder, "state.tar.zst");
  await state(join(folder, "old"), "old", ["iam", "kinesis", "objects"]);
  await state(join(folder, "new"), "new", ["glue", "kinesis", "objects", "warehouse"]);
  await saveSnapshot(join(folder, "new"), file);
  before = await contentOf(join(folder, "old"));
  loaded = await contentOf(join(folder, "new"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a load of a snapshot that is killed", () => {
  it("has come true or has not, wherever it was, and also when putting it right is killed", async () => {
    const whole = join(folder, "whole");
    await cp(join(folder, "old"), whole, { recursive: true });
    const steps = Number((await run("load", whole, file, "0")).stdout);
    expect(steps).toBeGreaterThan(12);
    expect(await contentOf(whole)).toEqual(loaded);
    const found = new Set<string>();
    for (let step = 1; step <= steps; step++) {
      const directory = join(folder, `killed-${step}`);
      await cp(join(folder, "old"), directory, { recursive: true });
      expect((await run("load", directory, file, `${step}`)).exitCode, `step ${step}`).toBeNull();
      const copy = join(folder, `recovering-${step}`);
      await cp(directory, copy, { recursive: true });
      start(directory);
      const content = await contentOf(directory);
      expect([before, loaded], `step ${step}`).toContainEqual(content);
      found.add(content["/kinesis/state"] ?? "");
      await recoverByAndBy(copy, content);
    }
    expect([...found]).toEqual(["kinesis old", "kinesis new"]);
  });

  /** Kills whoever puts it right after one step more each time. */
  async function recoverByAndBy(directory: string, expected: Record<string, string>): Promise<void> {
    for (let step = 1; ; step++) {
      const { exitCode } = await run("recover", directory, "-", `${step}`);
      if (exitCode === 0) break;
      expect(step).toBeLessThan(30);
    }
    expect(await contentOf(directory)).toEqual(expected);
  }

  it("has come true or has not, when a server is killed with it", { timeout: 240_000 }, async () => {
    const [directory, snapshot] = [join(folder, "server"), join(folder, "server.tar.zst")];
    const millrace = await MillraceProcess.start({ dataFolder: directory });
    const [kinesis, s3] = [kinesisClient(millrace.url), s3Client(millrace.url)];
    const names = async (): Promise<unknown[]> => [
      (await kinesis.send(new ListStreamsCommand())).StreamNames,
      (await s3.send(new ListBucketsCommand())).Buckets?.map(({ Name }) => Name),
    ];
    const make = async (name: string): Promise<void> => {
      await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
      await s3.send(new CreateBucketCommand({ Bucket: name }));
    };
    try {
      await make("earlier");
      const saved = await fetch(`${millrace.url}/_millrace/snapshot`);
      await writeFile(snapshot, Buffer.from(await saved.arrayBuffer()));
      const body = await readFile(snapshot);
      for (let round = 0; round < 12; round++) {
        const later = `later-${round}`;
        await make(later);
        const loading = fetch(`${millrace.url}/_millrace/snapshot`, { method: "PUT", body }).then(
          (answer) => answer.ok,
          () => false,
        );
        await Promise.race([after(round * 12), loading]);
        await millrace.kill();
        const isAcknowledged = await loading;
        await millrace.start();
        const [streams, buckets] = await names();
        expect(buckets).toEqual(streams);
        if (isAcknowledged) expect(streams).toEqual(["earlier"]);
        else expect(streams).toSatisfy((all: string[]) => all.length === 1 || all.includes(later));
        if ((await readdir(directory)).includes(".snapshot-load")) throw new Error("something was left over");
      }
    } finally {
      kinesis.destroy();
      s3.destroy();
      await millrace.dispose();
    }
  });
});
