import type { Configuration } from "../../server/configuration.ts";

/** What was found about one thing, and what to do about it. */
export interface Finding {
  readonly name: string;
  /** `problem`: Millrace does not start, or loses data; `warning`: something may surprise. */
  readonly level: "ok" | "warning" | "problem";
  readonly found: string;
  /** A sentence. */
  readonly fix?: string;
}

/** What the checks look at. */
export interface Patient {
  readonly configuration: Configuration;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

export type Check = (patient: Patient) => Promise<readonly Finding[]> | readonly Finding[];

export const ok = (name: string, found: string): Finding => ({ name, level: "ok", found });
export const warning = (name: string, found: string, fix: string): Finding => ({
  name,
  level: "warning",
  found,
  fix,
});
export const problem = (name: string, found: string, fix: string): Finding => ({
  name,
  level: "problem",
  found,
  fix,
});
