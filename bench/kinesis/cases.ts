import type { LoadResult } from "./load.ts";

/** One measurement: what the generator does, and which of its figures counts. */
export interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly unit: "MB/s" | "records/s" | "requests/s";
  /** What Millrace aims at on two cores with the generator beside it. */
  readonly target?: number;
  /** Peers that speak no CBOR, or drain fewer records in reasonable time, run something else or nothing. */
  readonly peerArgs?: readonly string[] | undefined;
  readonly millraceOnly?: true;
}

export const cases: readonly Case[] = [
  {
    name: "PutRecords 500 x 1 KB, JSON, 4 connections",
    args: ["--op", "puts", "--size", "1024", "--connections", "4"],
    unit: "MB/s",
    target: 120,
  },
  {
    name: "PutRecords 500 x 1 KB, CBOR, 4 connections",
    args: ["--op", "puts", "--size", "1024", "--connections", "4", "--cbor"],
    unit: "MB/s",
    target: 220,
  },
  {
    name: "PutRecords 500 x 100 B, JSON, 4 connections",
    args: ["--op", "puts", "--size", "100", "--connections", "4"],
    unit: "records/s",
    target: 400_000,
  },
  {
    name: "PutRecord 1 KB, JSON, 16 connections",
    args: ["--op", "put", "--size", "1024", "--connections", "16"],
    unit: "requests/s",
    target: 9_000,
  },
  {
    name: "GetRecords, 1 KB records, 4 shards, 4 connections",
    args: ["--op", "get", "--stream", "drain", "--size", "1024", "--connections", "4", "--prefill", "500000"],
    peerArgs: [
      "--op",
      "get",
      "--stream",
      "drain",
      "--size",
      "1024",
      "--connections",
      "4",
      "--prefill",
      "4000",
    ],
    unit: "MB/s",
    target: 250,
  },
  {
    name: "PutRecords 500 x 1 KB, JSON, HTTP/2, 4 connections",
    args: ["--op", "puts", "--size", "1024", "--connections", "4", "--proto", "h2"],
    unit: "MB/s",
    millraceOnly: true,
  },
];

export function figure(measured: LoadResult, unit: Case["unit"]): number {
  if (unit === "MB/s") return measured.MBps;
  return unit === "records/s" ? measured.recordsPerSec : measured.requestsPerSec;
}
