import type { Millrace, MillraceOptions } from "../embedding/index.ts";

/** What a test run's Millrace is made from. */
export interface MillraceSetupOptions extends MillraceOptions {
  /** Makes what all tests need, before the first of them runs. */
  readonly ready?: (millrace: Millrace) => Promise<void>;
}
