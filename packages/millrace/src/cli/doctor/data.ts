import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { access, constants, mkdtemp, open, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { systemClock } from "../../core/clock.ts";
import { DirectoryLock, DirectoryLockedError } from "../../core/directory-lock.ts";
import { messageOf } from "../../core/errors.ts";
import { readRunFile } from "../../server/run-file.ts";
import { quantity } from "../progress.ts";
import { type Check, type Finding, ok, problem, warning } from "./check.ts";

const minFreeBytes = 1024 ** 3;
const slowSyncMs = 20;
const syncs = 15;
const syncBytes = 4096;
const maxDriftMs = 2_000;
/** Kinds of file systems where locks and fsync do not promise what Millrace needs: NFS, SMB, CIFS, FUSE of shared folders. */
const sharedKinds: Readonly<Record<number, string>> = {
  26985: "NFS",
  20859: "SMB",
  4283649346: "CIFS",
  4266872130: "SMB2",
  1702057286: "FUSE",
  16914836: "tmpfs (memory)",
};

/** The data directory: who has it, who may read it, room, and how fast what is written is safe. */
export const checkData: Check = async ({ configuration, platform }) => {
  const name = "Data directory";
  if (configuration.durability.mode === "memory") return [ok(name, "not needed: --durability memory")];
  const path = resolve(configuration.data);
  const place = nearestExisting(path);
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [
      problem(name, `${place} cannot be written`, "Change its owner, or take another directory with --data."),
    ];
  }
  return [
    ...(place === path
      ? [await lockFinding(path), ...(await permissionFindings(path, platform))]
      : [ok(name, `${path}, made at the first start`)]),
    await spaceFinding(place),
    ...(await kindFindings(place)),
    ...(await diskFindings(place)),
  ];
};

function nearestExisting(path: string): string {
  let place = path;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  return place;
}

async function lockFinding(path: string): Promise<Finding> {
  const name = "Data directory";
  const running = await readRunFile(path);
  if (running !== undefined)
    return ok(name, `${path}, used by the Millrace at ${running.url} (pid ${running.pid})`);
  if (!existsSync(join(path, ".lock"))) return ok(name, path);
  try {
    new DirectoryLock(path)[Symbol.dispose]();
    return ok(name, `${path}, in use by nobody`);
  } catch (error) {
    if (!(error instanceof DirectoryLockedError))
      return problem(name, messageOf(error), "Take another directory with --data.");
    return problem(
      name,
      `${path} is locked by a process that does not say where it is reached`,
      "Find it with lsof, or take another directory with --data.",
    );
  }
}

/** The master key and all data lie in it. */
async function permissionFindings(path: string, platform: NodeJS.Platform): Promise<readonly Finding[]> {
  if (platform === "win32") return [];
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return [];
  return [
    warning(
      "Permissions",
      `others on this machine may look into ${path} (${(mode & 0o777).toString(8)})`,
      `chmod 700 ${path}`,
    ),
  ];
}

async function spaceFinding(place: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const found = `${quantity(free, "bytes")} free`;
  return free >= minFreeBytes
    ? ok("Disk space", found)
    : warning("Disk space", found, "Make room, or take a directory on another disk with --data.");
}

async function kindFindings(place: string): Promise<readonly Finding[]> {
  const kind = sharedKinds[(await statfs(place)).type];
  if (kind === undefined) return [];
  return [
    warning(
      "File system",
      `${place} lies on ${kind}, where locks or fsync may promise less`,
      "Take a directory on a local disk with --data.",
    ),
  ];
}

/** How long an acknowledged write takes to be on disk; and whether the disk's clock is this machine's. */
async function diskFindings(place: string): Promise<readonly Finding[]> {
  const folder = await mkdtemp(join(place, ".millrace-doctor-"));
  try {
    const times: number[] = [];
    const file = await open(join(folder, randomUUID()), "w");
    try {
      const block = Buffer.alloc(syncBytes, 1);
      for (let count = 0; count < syncs; count += 1) {
        const start = performance.now();
        await file.write(block);
        await file.datasync();
        times.push(performance.now() - start);
      }
      const { mtimeMs } = await file.stat();
      return [syncFinding(median(times)), clockFinding(mtimeMs - systemClock.now())];
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function syncFinding(ms: number): Finding {
  const found = `${ms.toFixed(1)} ms until a write is safe`;
  return ms <= slowSyncMs
    ? ok("Disk speed", found)
    : warning(
        "Disk speed",
        found,
        "Take a faster disk with --data, or --durability interval where losing 100 ms is no harm.",
      );
}

function clockFinding(driftMs: number): Finding {
  return Math.abs(driftMs) <= maxDriftMs
    ? ok("Clock", new Date(systemClock.now()).toISOString())
    : warning(
        "Clock",
        `the disk's clock is ${Math.round(driftMs / 1000)} s away from this machine's`,
        "Set the clocks by NTP: signatures are refused when they are 5 minutes off.",
      );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
