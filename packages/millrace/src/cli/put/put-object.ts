import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { s3Client } from "../aws-call/s3-client.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { unreachable } from "../connection/admin-client.ts";
import type { Connection } from "../connection/connection.ts";
import type { PutSource } from "./put-source.ts";

/** Where an object goes; a name that ends in a slash is completed by the file's. @throws CommandError */
export function objectPlace(
  target: string,
  source: PutSource,
): { readonly bucket: string; readonly key: string } {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(target) ?? [];
  const name = source.kind === "file" ? basename(source.path) : "";
  const whole = key === "" || key.endsWith("/") ? `${key}${name}` : key;
  if (bucket === "" || whole === "" || whole.endsWith("/"))
    throw usageError(`${target} does not name an object. Give one such as s3://bucket/folder/name.`);
  return { bucket, key: whole };
}

/** What was put, and where: `s3://bucket/name`. */
export interface PutDone {
  readonly bytes: number;
  readonly place: string;
}

/** Puts one object, whatever its size. @throws CommandError */
export async function putObject(
  connection: Connection,
  target: string,
  source: PutSource,
  io: CommandIo,
): Promise<PutDone> {
  const place = objectPlace(target, source);
  const bytes = await putSource(connection, place, source, io);
  return { bytes, place: `s3://${place.bucket}/${place.key}` };
}

async function putSource(
  connection: Connection,
  place: Place,
  source: PutSource,
  io: CommandIo,
): Promise<number> {
  if (source.kind === "text")
    return send(connection, place, Buffer.from(source.text), Buffer.byteLength(source.text));
  if (source.kind === "file") return putFile(connection, place, source.path, io);
  // S3 wants to know the length before.
  const folder = await mkdtemp(join(tmpdir(), "millrace-put-"));
  try {
    const path = join(folder, "object");
    await pipeline(io.stdin, createWriteStream(path, { mode: 0o600 }), { signal: io.interruption() });
    return await putFile(connection, place, path, io);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

async function putFile(connection: Connection, place: Place, path: string, io: CommandIo): Promise<number> {
  const { size } = await stat(path);
  const bar = await io.progress({ label: `Putting ${place.key}`, total: size, unit: "bytes" });
  let sent = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      sent += chunk.length;
      bar.update(sent);
      done(null, chunk);
    },
  });
  const file = createReadStream(path);
  file.once("error", (error) => counted.destroy(error));
  try {
    return await send(connection, place, file.pipe(counted), size);
  } finally {
    bar.stop();
    file.destroy();
  }
}

async function send(
  connection: Connection,
  { bucket, key }: Place,
  body: Buffer | Transform,
  length: number,
): Promise<number> {
  const { client, PutObjectCommand } = await s3Client(connection);
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: length }));
    return length;
  } catch (error) {
    if (error instanceof Error && "$metadata" in error && "$fault" in error)
      throw new CommandError(
        `PutObject answered ${error.name}: ${error.message}${/[.!?]$/.test(error.message) ? "" : "."} ${advice(error.name, bucket)}`.trim(),
        undefined,
        { cause: error },
      );
    throw unreachable(connection, error);
  } finally {
    client.destroy();
  }
}

function advice(name: string, bucket: string): string {
  return name === "NoSuchBucket" ? `Create the bucket: aws s3 mb s3://${bucket}.` : "";
}
