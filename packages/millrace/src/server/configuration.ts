import { readConfigFile } from "./configuration/config-file.ts";
import type { Configuration } from "./configuration/configuration.ts";
import { interpret } from "./configuration/interpret.ts";
import { type Environment, environmentLayer, flagLayer } from "./configuration/layers.ts";
import { localStackLayer } from "./configuration/localstack-layer.ts";
import type { MillraceConfig } from "./configuration/millrace-config.ts";
import { objectLayer } from "./configuration/object-layer.ts";
import { ResolvedSettings } from "./configuration/resolved.ts";
import { serviceIds } from "./services.ts";

export {
  type Configuration,
  ConfigurationError,
  type LogLevel,
} from "./configuration/configuration.ts";
export { isLoopback } from "./configuration/interpret.ts";

/** Reads flags, then `MILLRACE_*` variables, then LocalStack's, then defaults. @throws ConfigurationError */
export function readConfiguration(args: readonly string[], environment: Environment): Configuration {
  return interpret(
    new ResolvedSettings([
      localStackLayer(environment, serviceIds),
      environmentLayer(environment),
      flagLayer(args),
    ]),
  );
}

/** Checks an object of settings; what it leaves out has its default. @throws ConfigurationError */
export function configurationOf(config: MillraceConfig): Configuration {
  return interpret(new ResolvedSettings([objectLayer(config, { file: undefined, folder: process.cwd() })]));
}

export interface ConfigurationSources {
  /** Flags of settings, without those of the command itself. */
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Where the configuration file is looked for, and what its name is relative to. */
  readonly folder: string;
  /** `--config`; MILLRACE_CONFIG and then the file in the folder when undefined. */
  readonly file: string | undefined;
}

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** Every setting's text, with the place where it was found. */
  readonly settings: ResolvedSettings;
  /** The configuration file. */
  readonly file: string | undefined;
}

/** Reads the configuration file, then the environment, then flags: the last one that says something decides. */
export async function loadConfiguration(sources: ConfigurationSources): Promise<LoadedConfiguration> {
  const { args, environment, folder } = sources;
  const flags = flagLayer(args);
  const file = await readConfigFile(folder, sources.file ?? environment["MILLRACE_CONFIG"]);
  const settings = new ResolvedSettings([
    ...(file === undefined ? [] : [file.layer]),
    localStackLayer(environment, serviceIds),
    environmentLayer(environment),
    flags,
  ]);
  return { configuration: interpret(settings), settings, file: file?.path };
}
