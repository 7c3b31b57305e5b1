/** How far a paragraph has come. */
export type ParagraphStatus = "READY" | "RUNNING" | "FINISHED" | "ERROR" | "ABORTED";

export interface ResultTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly string[])[];
  /** How many changes the rows were made of. */
  readonly changes: number;
}

export interface Paragraph {
  readonly id: string;
  readonly text: string;
  readonly status: ParagraphStatus;
  readonly startedMs?: number;
  readonly endedMs?: number;
  /** What was answered in words, or what went wrong. */
  readonly message?: string;
  readonly result?: ResultTable;
}

/** One document; what a paragraph answered last is kept with it. */
export interface NoteDocument {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly paragraphs: readonly Paragraph[];
}

export const noteLimits = {
  /** Of an application. */
  notes: 500,
  /** Of a note. */
  paragraphs: 200,
  nameChars: 128,
  textChars: 100_000,
  /** Definitions that a session has seen. */
  sessionChars: 1_000_000,
  /** Of a result. */
  rows: 1_000,
  keptRows: 200,
  cellChars: 4_096,
  /** Paragraphs of an application that run at the same time. */
  running: 16,
} as const;
