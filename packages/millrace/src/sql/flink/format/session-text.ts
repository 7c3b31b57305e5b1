import type { AnalyzeTable, Describe, Show, StopJob, Use } from "../ast/session.ts";
import { partitionText } from "./table-text.ts";
import { joined, literalText, nameText, pathText, type TextWriter } from "./text-writer.ts";

export function useText(use: Use): string {
  switch (use.what) {
    case "database":
      return `USE ${pathText(use.name)}`;
    case "catalog":
      return `USE CATALOG ${nameText(use.name)}`;
    case "modules":
      return `USE MODULES ${use.names.map(nameText).join(", ")}`;
  }
}

export function describeText({ what, extended, name }: Describe): string {
  const text = what === "job" ? literalText(name.parts[0]?.name ?? "") : pathText(name);
  return joined(["DESCRIBE", what === "table" ? "" : what.toUpperCase(), extended && "EXTENDED", text]);
}

export function showText(writer: TextWriter, { subject, name, like, partition }: Show): string {
  const isNamed = subject.startsWith("create ") || subject === "partitions";
  const pattern =
    like === undefined
      ? ""
      : `${like.negated ? "NOT " : ""}${like.ignoreCase ? "ILIKE" : "LIKE"} ${literalText(like.pattern)}`;
  return joined([
    `SHOW ${subject.toUpperCase()}`,
    name === undefined ? "" : `${isNamed ? "" : "FROM "}${pathText(name)}`,
    pattern,
    partition === undefined ? "" : `PARTITION ${partitionText(writer, partition)}`,
  ]);
}

export const stopJobText = ({ id, withSavepoint, withDrain }: StopJob): string =>
  joined([`STOP JOB ${literalText(id)}`, withSavepoint && "WITH SAVEPOINT", withDrain && "WITH DRAIN"]);

export function analyzeText(writer: TextWriter, { name, partition, columns }: AnalyzeTable): string {
  const all = columns === "all" ? "FOR ALL COLUMNS" : "";
  const named =
    columns !== "all" && columns.length > 0 ? `FOR COLUMNS ${columns.map(nameText).join(", ")}` : "";
  return joined([
    `ANALYZE TABLE ${pathText(name)}`,
    partition === undefined ? "" : `PARTITION ${partitionText(writer, partition)}`,
    "COMPUTE STATISTICS",
    all,
    named,
  ]);
}
