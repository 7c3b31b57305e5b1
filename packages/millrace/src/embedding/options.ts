import type { MillraceConfig } from "../server/configuration/millrace-config.ts";

/** What `createMillrace` takes: everything that can be configured, with defaults for tests. */
export interface MillraceOptions extends MillraceConfig {
  /** The port of all AWS APIs. Default: 0, a free one. */
  readonly port?: number;
  /** The port for SQL clients of Redshift. Default: 0, a free one. */
  readonly redshiftPort?: number;
  /** The directory where everything is kept. Default: a temporary one, which is removed by `close()`. */
  readonly data?: string;
  /** How long states such as CREATING last, in milliseconds. Default: 50; 0 with a clock of its own. */
  readonly transitionMs?: number;
  /**
   * Time of its own, which stands still until `millrace.clock.advance(ms)`. `manual` begins now. Default: the
   * machine's time.
   */
  readonly clock?: "manual" | { readonly startAt: Date };
}
