export interface PutOptions {
  /** Each line that is not empty is a record of its own. */
  readonly isByLine: boolean;
  readonly key:
    | { readonly kind: "fixed"; readonly key: string }
    | { readonly kind: "random" }
    | { readonly kind: "field"; readonly field: string };
  readonly explicitHashKey: string;
}

export interface PutEntry {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string;
}

const maxKeyLength = 256;
const batchRecords = 500;
const batchBytes = 4 * 1024 * 1024;

/** What is put. @throws Error that says which line has no key */
export function putEntries(text: string, options: PutOptions, random: () => string): readonly PutEntry[] {
  const texts = options.isByLine ? text.split(/\r?\n/).filter((line) => line.trim() !== "") : [text];
  const encoder = new TextEncoder();
  return texts.map((line, at) => ({
    Data: encoder.encode(line),
    PartitionKey: keyOf(line, at, options, random),
    ...(options.explicitHashKey !== "" && { ExplicitHashKey: options.explicitHashKey }),
  }));
}

function keyOf(line: string, at: number, { key }: PutOptions, random: () => string): string {
  if (key.kind === "fixed") return key.key;
  if (key.kind === "random") return random();
  const value = fieldOf(line, key.field);
  if (value === undefined || value === "")
    throw new Error(`Line ${at + 1} has no field ${key.field} to be its key.`);
  return value.slice(0, maxKeyLength);
}

function fieldOf(line: string, field: string): string | undefined {
  try {
    let value: unknown = JSON.parse(line);
    for (const name of field.split(".")) value = (value as Readonly<Record<string, unknown>> | null)?.[name];
    return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
  } catch {
    return undefined;
  }
}

/** As many as go into a call of PutRecords each. */
export function batchesOf(entries: readonly PutEntry[]): readonly (readonly PutEntry[])[] {
  const batches: PutEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entry.Data.length + entry.PartitionKey.length;
    const last = batches.at(-1);
    if (last === undefined || last.length === batchRecords || bytes + size > batchBytes) {
      batches.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return batches;
}
