import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { messageOf } from "../../core/errors.ts";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";

/** Where data comes from: the command line itself, a file, or standard input. */
export type PutSource =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly bytes: number }
  | { readonly kind: "stdin" };

/** `@file`, `-` or nothing for standard input, anything else is the data itself. @throws CommandError */
export async function sourceOf(data: string | undefined, io: CommandIo): Promise<PutSource> {
  if (data === undefined || data === "-") {
    if (data === undefined && io.stdin.isTTY === true)
      throw usageError("There is no data. Give it behind the name, as @file, or pipe it in.");
    return { kind: "stdin" };
  }
  if (!data.startsWith("@")) return { kind: "text", text: data };
  const path = data.slice(1);
  try {
    const { size } = await stat(path);
    return { kind: "file", path, bytes: size };
  } catch (error) {
    throw usageError(`${path} cannot be read: ${messageOf(error)}.`);
  }
}

/** The bytes of a source, as they come. */
export function bytesOf(source: PutSource, io: CommandIo): AsyncIterable<Uint8Array> {
  if (source.kind === "file") return createReadStream(source.path);
  if (source.kind === "stdin") return io.stdin as AsyncIterable<Uint8Array>;
  return (async function* () {
    yield Buffer.from(source.text);
  })();
}
