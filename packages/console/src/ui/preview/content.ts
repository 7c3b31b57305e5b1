import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { gunzip } from "./gunzip.ts";
import { isGzip, kindOf, type PreviewKind } from "./kind.ts";
import type { RangedFile } from "./ranged-file.ts";

/** The beginning of a file, decompressed. */
export interface Content {
  readonly kind: PreviewKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  readonly isCompressed: boolean;
  /** How much of the file was read. */
  readonly readBytes: number;
}

/** What is read at first, and at most. */
export const firstBytes: number = 256 * 1024;
export const mostBytes: number = 32 * 1024 * 1024;
/** Compressed bytes may stand for very many others. */
const mostDecompressed = 2 * mostBytes;

/** @throws what the file's reading throws */
async function readContent(file: RangedFile, limitBytes: number): Promise<Content> {
  const readBytes = Math.min(file.size, limitBytes);
  const raw = await file.read(0, readBytes);
  const isWhole = readBytes >= file.size;
  if (!isGzip(raw))
    return {
      kind: kindOf(raw, file.name, file.contentType),
      bytes: raw,
      isWhole,
      isCompressed: false,
      readBytes,
    };
  const opened = await gunzip(raw, isWhole, mostDecompressed);
  return {
    kind: kindOf(opened.bytes, file.name, file.contentType),
    bytes: opened.bytes,
    isWhole: opened.isWhole,
    isCompressed: true,
    readBytes,
  };
}

export function useContent(file: RangedFile, limitBytes: number): UseQueryResult<Content, Error> {
  return useQuery<Content, Error>({
    queryKey: ["preview", file.id, limitBytes],
    queryFn: () => readContent(file, limitBytes),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
