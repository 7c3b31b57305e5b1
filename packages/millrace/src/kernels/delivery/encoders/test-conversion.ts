import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { ParquetFile } from "../../../formats/parquet/file-writer.ts";
import { toOffset } from "../../log/port.ts";
import type { DeliveryRecord } from "../record.ts";
import type { EncodedBatch } from "../sink.ts";
import type { ConversionSchema } from "./conversion.ts";
import { planConversion } from "./conversion-plan.ts";
import { Converters } from "./converter.ts";
import { framesOf, recordOf } from "./record-frame.ts";

/** Records from texts or bytes, at offsets from 0. */
export function recordsOf(data: readonly (string | Buffer)[]): DeliveryRecord[] {
  return data.map((one, index) => ({
    data: Buffer.from(one),
    arrivalTimeMs: 1_760_000_000_000 + index,
    offset: toOffset(index),
  }));
}

export const openX: ConversionSchema["serde"] = Object.freeze({ kind: "openx" });
export const hive: ConversionSchema["serde"] = Object.freeze({ kind: "hive" });

export function conversionOf(
  columns: Readonly<Record<string, string>>,
  serde: ConversionSchema["serde"] = openX,
): ConversionSchema {
  return { columns: Object.entries(columns).map(([name, type]) => ({ name, type })), serde, parquet: {} };
}

export async function collect(batch: EncodedBatch): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of batch.read()) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

export async function readParquet(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const file = Uint8Array.from(bytes).buffer;
  return (await parquetReadObjects({ file, compressors })) as Record<string, unknown>[];
}

export interface Converted {
  readonly rows: readonly Record<string, unknown>[];
  readonly failures: readonly { readonly data: string; readonly code: string; readonly message: string }[];
}

/** Converts in this thread, and reads the Parquet back. */
export async function convert(
  conversion: ConversionSchema,
  data: readonly (string | Buffer)[],
): Promise<Converted> {
  const plan = planConversion(conversion);
  if (typeof plan === "string") throw new Error(plan);
  const job = { schema: conversion, frames: [framesOf(recordsOf(data))] };
  const { rowGroup, failures } = await new Converters().run(job);
  const file = new ParquetFile(plan.schema, { createdBy: "test" });
  const parts = rowGroup === undefined ? [] : file.add(rowGroup);
  const rows = await readParquet(Buffer.concat([...parts, ...file.finish()]));
  return {
    rows,
    failures: failures.map(({ frame, code, message }) => ({
      data: recordOf(Buffer.from(frame)).data.toString("latin1"),
      code,
      message,
    })),
  };
}
