import { constants } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";

/** A file that DuckDB can open, for as long as it is not closed. */
export interface ReadableFile {
  readonly path: string;
  close(): Promise<void>;
}

/** Of an open file there is a path that stays good when the object is removed or overwritten. */
const descriptorFolder: string | undefined =
  process.platform === "linux" ? "/proc/self/fd" : process.platform === "darwin" ? "/dev/fd" : undefined;

/** The object's own file, held open so that a removal does not disturb the reader. */
export async function openFile(path: string): Promise<ReadableFile> {
  if (descriptorFolder === undefined) return { path, close: () => Promise.resolve() };
  const handle = await open(path, "r");
  return { path: `${descriptorFolder}/${handle.fd}`, close: () => handle.close() };
}

/**
 * Bytes that lie in no plain file, because they are encrypted or in another store. Parquet is read from its
 * end, so a pipe will not do. The file is in a private folder, and has no name any more before the first byte
 * is written to it: what is left when Millrace dies is nothing. (Windows cannot do that; there the file goes
 * at the end.)
 */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<ReadableFile> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-select-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let handle: FileHandle | undefined;
  try {
    const path = join(folder, "object.parquet");
    handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    if (descriptorFolder !== undefined) await remove();
    await writeAll(handle, source);
    const file = handle;
    if (descriptorFolder !== undefined)
      return { path: `${descriptorFolder}/${file.fd}`, close: () => file.close() };
    await file.close();
    return { path, close: remove };
  } catch (thrown) {
    await handle?.close().catch(() => undefined);
    await remove();
    throw thrown;
  }
}

async function writeAll(handle: FileHandle, source: AsyncIterable<Uint8Array>): Promise<void> {
  let written = 0;
  for await (const chunk of source) {
    written += chunk.length;
    if (written > selectLimits.parquetSpoolBytes) throw selectError("OverMaxParquetBlockSize");
    await handle.writeFile(chunk);
  }
}
