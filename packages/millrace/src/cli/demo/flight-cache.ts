import { spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { access, constants, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import tar from "tar-stream";
import { CommandError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";

const dataset = "vega-datasets@3.2.1";
const entryInArchive = "package/data/flights-3m.parquet";
const maxShownOutput = 2_000;

/** The flights in the user's cache folder, fetched with npm when they are not there. @throws CommandError */
export async function cachedFlightFile(io: CommandIo): Promise<string> {
  const path = join(cacheFolder(io.environment), `${dataset}-flights-3m.parquet`);
  if (await isReadable(path)) return path;
  io.note(`Fetching the flights with npm, once: ${dataset}, into ${dirname(path)}`);
  await mkdir(dirname(path), { recursive: true });
  // Beside its place, so that it gets there whole or not at all.
  const folder = await mkdtemp(join(dirname(path), "fetch-"));
  try {
    await npmPack(folder, io.interruption());
    const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    if (archive === undefined) throw new CommandError(`npm pack ${dataset} left no archive. Try again.`);
    const unpacked = join(folder, "flights.parquet");
    await unpack(join(folder, archive), unpacked);
    await rename(unpacked, path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function cacheFolder(environment: CommandIo["environment"]): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "millrace");
}

/** npm knows the user's registry, proxy and certificates. */
async function npmPack(folder: string, signal: AbortSignal): Promise<void> {
  const npm = spawn("npm", ["pack", dataset, "--pack-destination", folder, "--loglevel", "error"], {
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32",
    cwd: folder,
    signal,
  });
  let said = "";
  npm.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(0, maxShownOutput);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    npm.once("error", reject);
    npm.once("close", resolve);
  }).catch((error: unknown) => {
    throw signal.aborted ? error : failed(String(error));
  });
  if (code !== 0) throw failed(said);
}

function failed(reason: string): CommandError {
  // Of npm's many lines, the one that says why.
  const [, why = reason] = /reason: (.*)/.exec(reason) ?? /npm error (?!code)(.*)/.exec(reason) ?? [];
  return new CommandError(
    `The flights could not be fetched with npm: ${why.trim().replace(/\s+/g, " ")}. ` +
      `Connect to the network, or install the package here: npm install --no-save ${dataset}.`,
  );
}

/** Takes the one file out of the package's archive. */
async function unpack(archive: string, path: string): Promise<void> {
  const extract = tar.extract();
  const reading = pipeline(createReadStream(archive), createGunzip(), extract);
  // Whoever reads the entries gets the error, too; until then it is not unhandled.
  reading.catch(() => undefined);
  let isFound = false;
  for await (const entry of extract) {
    if (entry.header.name === entryInArchive) {
      await pipeline(entry, createWriteStream(path));
      isFound = true;
    } else entry.resume();
  }
  await reading;
  if (!isFound)
    throw new CommandError(`${dataset} has no ${entryInArchive}. Tell whoever maintains Millrace.`);
}
