import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readRunFile, removeRunFile, runFileName, writeRunFile } from "./run-file.ts";

let folder: string;
let server: Server;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-run-"));
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const run = { sql: { host: "127.0.0.1", port: 5439 }, version: "1.2.3" };

it("says where a running Millrace is, to its owner alone", async () => {
  await writeRunFile(folder, { ...run, url, pid: process.pid });
  expect(await readRunFile(folder)).toEqual({
    ...run,
    url,
    pid: process.pid,
    path: join(folder, runFileName),
  });
  expect((await stat(join(folder, runFileName))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([runFileName]);
});

it("is not believed when the process is gone, or nobody listens", async () => {
  // No process has a number beyond the largest that systems give.
  await writeRunFile(folder, { ...run, url, pid: 2 ** 30 });
  expect(await readRunFile(folder)).toBeUndefined();
  await writeRunFile(folder, { ...run, url: "http://127.0.0.1:1", pid: process.pid });
  expect(await readRunFile(folder)).toBeUndefined();
});

it.each(["", "{", "[]", "null", '{"url":1}', '{"url":"nowhere","pid":1,"version":"1"}'])(
  "is not believed when it holds %j",
  async (text) => {
    await writeFile(join(folder, runFileName), text);
    expect(await readRunFile(folder)).toBeUndefined();
  },
);

it("is removed by the process that wrote it, and by no other", async () => {
  await writeRunFile(folder, { ...run, url, pid: process.pid });
  removeRunFile(folder, process.pid + 1);
  expect(await readdir(folder)).toEqual([runFileName]);
  removeRunFile(folder, process.pid);
  removeRunFile(folder, process.pid);
  expect(await readdir(folder)).toEqual([]);
});
