export {
  type AwsConfig,
  type AwsConfigOptions,
  createMillrace,
  type Millrace,
  type MillraceClock,
  type MillraceOptions,
  type MillraceWithClock,
  WaitError,
  type WaitOptions,
  type WaitTarget,
} from "./embedding/index.ts";
export { defineConfig, type MillraceConfig } from "./server/configuration/millrace-config.ts";
export { ConfigurationError } from "./server/configuration.ts";
export type { LoadedSnapshot, SnapshotManifest } from "./server/snapshot/index.ts";
export { SnapshotError } from "./server/snapshot/snapshot-error.ts";
