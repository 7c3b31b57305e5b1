import { Badge, type MantineColor } from "@mantine/core";
import type { ReactNode } from "react";

const good: ReadonlySet<string> = new Set([
  "active",
  "available",
  "running",
  "ready",
  "succeeded",
  "success",
  "successful",
  "finished",
  "completed",
  "enabled",
  "ok",
]);
const busy: ReadonlySet<string> = new Set([
  "creating",
  "updating",
  "deleting",
  "starting",
  "stopping",
  "modifying",
  "submitted",
  "picked",
  "started",
  "restarting",
]);
const bad: ReadonlySet<string> = new Set([
  "failed",
  "error",
  "aborted",
  "creating_failed",
  "deleting_failed",
  "cancelled",
]);

/** A state in AWS's own word, in the color of what it means. */
export function StatusBadge({ status }: { readonly status: string | undefined }): ReactNode {
  if (status === undefined) return undefined;
  return (
    <Badge size="sm" variant="light" color={colorOf(status.toLowerCase())}>
      {status}
    </Badge>
  );
}

function colorOf(status: string): MantineColor {
  if (good.has(status)) return "teal";
  if (busy.has(status)) return "blue";
  return bad.has(status) ? "red" : "gray";
}
