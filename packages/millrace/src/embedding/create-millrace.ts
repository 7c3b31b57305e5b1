import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { NewCredential } from "../gateway/credentials/credential-store.ts";
import { configurationOf } from "../server/configuration.ts";
import { startMillrace } from "../server/millrace.ts";
import type { LoadedSnapshot, SnapshotManifest } from "../server/snapshot/index.ts";
import {
  type AwsConfig,
  type AwsConfigOptions,
  awsConfigOf,
  defaultRegion,
  environmentOf,
} from "./aws-config.ts";
import { HeldClock } from "./held-clock.ts";
import type { MillraceOptions } from "./options.ts";
import type { WaitOptions, WaitTarget } from "./wait-target.ts";

/** Time of a Millrace that has its own. */
export interface MillraceClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Moves time forward and runs what falls due on the way: retention, Firehose's buffers, the end of tokens and
   * sessions, schedules. Resolves when the work on files that this began has come to rest.
   */
  advance(ms: number): Promise<void>;
}

/** A Millrace that runs in this process. */
export interface Millrace extends AsyncDisposable {
  /** `http://127.0.0.1:45123` */
  readonly url: string;
  /** The port of the AWS APIs and, if Redshift runs, that for SQL clients. */
  readonly ports: { readonly http: number; readonly sql: number | undefined };
  readonly port: number;
  /** Where SQL clients reach Redshift; undefined where it does not run. */
  readonly sql: { readonly host: string; readonly port: number } | undefined;
  /** The data directory. */
  readonly data: string;
  /** `AWS_ENDPOINT_URL`, region and keys, for processes that a test starts. */
  readonly env: Readonly<Record<string, string>>;
  /** The root credential that this start has made, with `auth: "verify"`. */
  readonly firstCredential: NewCredential | undefined;
  /** Time, if it has its own: see the option `clock`. */
  readonly clock: MillraceClock | undefined;
  /** All state in one file. */
  readonly snapshot: {
    save(file: string): Promise<SnapshotManifest>;
    /** Everything before is replaced. */
    load(file: string): Promise<LoadedSnapshot & { readonly rootCredential: NewCredential | undefined }>;
  };
  /** Fits the constructor of every client of the AWS SDK: `new S3Client(millrace.awsConfig())`. */
  awsConfig(options?: AwsConfigOptions): AwsConfig;
  /**
   * Resolves when it is there: `waitFor({ stream: "clicks" })`.
   * @throws WaitError when it takes longer than `timeoutMs`, or cannot be any more
   */
  waitFor(target: WaitTarget, options?: WaitOptions): Promise<void>;
  /** Empties every service. */
  reset(): Promise<void>;
  /** Lets requests in flight finish, releases everything, and removes the data if its place was temporary. */
  close(): Promise<void>;
}

export type MillraceWithClock = Millrace & { readonly clock: MillraceClock };

/**
 * Starts a Millrace in this process: on free ports and in a temporary directory unless they are given. Several can
 * run side by side.
 * @throws ConfigurationError when an option is wrong or a port is taken
 */
export function createMillrace(
  options: MillraceOptions & { readonly clock: NonNullable<MillraceOptions["clock"]> },
): Promise<MillraceWithClock>;
export function createMillrace(options?: MillraceOptions): Promise<Millrace>;
export async function createMillrace(options: MillraceOptions = {}): Promise<Millrace> {
  const { clock: kind, ...config } = options;
  const clock = kind === undefined ? undefined : heldClock(kind);
  const data = config.data ?? (await mkdtemp(join(tmpdir(), "millrace-")));
  const isOurs = config.data === undefined;
  try {
    const configuration = configurationOf({
      port: 0,
      redshiftPort: 0,
      ...(clock === undefined ? {} : { transitionMs: 0 }),
      ...config,
      data,
    });
    const running = await startMillrace(configuration, { clock });
    return embedded(running, { data, isOurs, clock, auth: configuration.auth });
  } catch (error) {
    if (isOurs) await rm(data, { recursive: true, force: true });
    throw error;
  }
}

function heldClock(kind: NonNullable<MillraceOptions["clock"]>): HeldClock {
  const startMs = kind === "manual" ? Date.now() : kind.startAt.getTime();
  if (Number.isNaN(startMs)) throw new RangeError("clock.startAt must be a date");
  return new HeldClock(startMs);
}

interface Surroundings {
  readonly data: string;
  /** The directory is temporary. */
  readonly isOurs: boolean;
  readonly clock: HeldClock | undefined;
  readonly auth: "trust" | "verify";
}

function embedded(
  running: Awaited<ReturnType<typeof startMillrace>>,
  { data, isOurs, clock, auth }: Surroundings,
): Millrace {
  const { url, port, sql, firstCredential } = running;
  const root =
    firstCredential === undefined
      ? undefined
      : { accessKeyId: firstCredential.accessKeyId, secretAccessKey: firstCredential.secretKey };
  const awsConfig = (wanted: AwsConfigOptions = {}): AwsConfig => {
    if (auth === "verify" && root === undefined)
      throw new Error(
        "The root credential was shown at the first start of this directory, and is not known any more.",
      );
    return awsConfigOf(url, root, wanted);
  };
  const close = async (): Promise<void> => {
    await running.close();
    if (isOurs) await rm(data, { recursive: true, force: true });
  };
  return {
    ...{ url, port, sql, data, clock, firstCredential, awsConfig, close },
    ports: { http: port, sql: sql?.port },
    env: auth === "verify" && root === undefined ? environmentWithoutKeys(url) : environmentOf(awsConfig()),
    snapshot: {
      async save(file) {
        const { manifest, content } = await running.snapshots.save();
        await pipeline(content, createWriteStream(file, { mode: 0o600 }));
        return manifest;
      },
      load: (file) => running.snapshots.load(createReadStream(file)),
    },
    async waitFor(target, options = {}) {
      const [{ AwsCaller }, { waitFor }] = await Promise.all([
        import("../cli/aws-call/aws-caller.ts"),
        import("./wait-for.ts"),
      ]);
      const { region, credentials } = awsConfig(options);
      await waitFor(
        new AwsCaller({ url, source: "createMillrace", isExplicit: true, region, credentials, sql }),
        target,
        options,
      );
    },
    reset: () => running.reset(),
    [Symbol.asyncDispose]: close,
  };
}

function environmentWithoutKeys(url: string): Readonly<Record<string, string>> {
  return { AWS_ENDPOINT_URL: url, AWS_REGION: defaultRegion, AWS_DEFAULT_REGION: defaultRegion };
}
