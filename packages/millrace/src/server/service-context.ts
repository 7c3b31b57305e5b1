import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import type { MasterKey } from "../core/master-key.ts";
import type { MetricRegistry } from "../core/metrics.ts";
import type { PageTokens } from "../gateway/tokens.ts";
import type { Configuration } from "./configuration/configuration.ts";
import type { DataDirectory } from "./data-directory.ts";
import type { Platform } from "./platform.ts";

/** Known once Millrace listens, which is before the first call. */
export interface OwnAddress {
  /** `http://127.0.0.1:4566` @throws AssertionError before Millrace listens */
  url(): string;
  /** Where SQL clients reach Redshift; undefined where it does not run. */
  sql(): { readonly host: string; readonly port: number } | undefined;
}

/** What a service may be built from. */
export interface ServiceContext {
  readonly configuration: Configuration;
  readonly directory: DataDirectory;
  readonly master: MasterKey;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: MetricRegistry;
  readonly tokens: PageTokens;
  /** Where this Millrace can be reached. */
  readonly address: OwnAddress;
  /** What several services share; each part has a file of its own, `open-<part>.ts`. */
  readonly platform: Platform;
}
