import type { ByteRange } from "../../kernels/objects/index.ts";
import { invalidArgument, invalidRange } from "./errors.ts";

const rangeForm = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/**
 * The part of an object that a `Range` asks for. Undefined when the whole is meant: without a range, with
 * several, and with one that makes no sense, as on AWS.
 *
 * @throws ServiceError `InvalidRange` when nothing of it lies inside the object.
 */
export function readRange(text: string | undefined, size: number): ByteRange | undefined {
  const match = text === undefined ? null : rangeForm.exec(text);
  if (text === undefined || match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    if (length === 0) throw invalidRange(text, size);
    return { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) throw invalidRange(text, size);
  return { start, end };
}

/** The part of an object that is copied: both ends are named, and both lie inside it. */
export function copyRange(text: string | undefined, size: number): ByteRange | undefined {
  if (text === undefined) return undefined;
  const match = /^bytes=(\d+)-(\d+)$/.exec(text);
  const [, first = "", last = ""] = match ?? [];
  const range = { start: Number(first), end: Number(last) + 1 };
  if (match === null || range.end <= range.start)
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the " +
        "zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      text,
    );
  if (range.end <= size) return range;
  throw invalidArgument(
    `Range specified is not valid for source object of size: ${size}`,
    "x-amz-copy-source-range",
    text,
  );
}

/** `bytes 0-9/100` */
export function contentRange(range: ByteRange, size: number): string {
  return `bytes ${range.start}-${range.end - 1}/${size}`;
}
