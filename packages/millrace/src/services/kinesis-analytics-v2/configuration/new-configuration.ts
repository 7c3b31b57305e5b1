import type {
  ApplicationConfiguration,
  RuntimeEnvironment,
  SqlApplicationConfiguration,
  SqlApplicationConfigurationDescription,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { type Configuration, isFlink, isSql, isStudio } from "../applications/document.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { newCode } from "./code.ts";
import { newEncryption } from "./encryption.ts";
import { newEnvironment } from "./environment.ts";
import { newFlinkSettings } from "./flink-settings.ts";
import { newInput } from "./sql-inputs.ts";
import { newOutput, newReference } from "./sql-outputs.ts";
import { newStudioSettings } from "./studio-settings.ts";
import { newVpc } from "./vpc.ts";

/** A configuration, and the archive that came inside the call. */
export interface GivenConfiguration {
  readonly configuration: Configuration;
  readonly archive: Uint8Array | undefined;
}

/** @throws ServiceError InvalidArgumentException */
export function newConfiguration(
  asked: Input<ApplicationConfiguration> | undefined,
  runtime: RuntimeEnvironment,
): GivenConfiguration {
  checkParts(
    Object.keys(asked ?? {}).filter((name) => asked?.[name as keyof typeof asked] !== undefined),
    runtime,
  );
  const code = asked?.ApplicationCodeConfiguration && newCode(asked.ApplicationCodeConfiguration);
  const sql = asked?.SqlApplicationConfiguration;
  const encryption = asked?.ApplicationEncryptionConfiguration;
  const vpcs = asked?.VpcConfigurations ?? [];
  checkCount("VPC configuration", vpcs.length, limits.vpcConfigurations);
  const rollback = asked?.ApplicationSystemRollbackConfiguration?.RollbackEnabled;
  const configuration: Configuration = {
    ...(sql && { SqlApplicationConfigurationDescription: newSqlSettings(sql) }),
    ...(code && { ApplicationCodeConfigurationDescription: code.description }),
    ...(!isSql(runtime) && {
      FlinkApplicationConfigurationDescription: newFlinkSettings(asked?.FlinkApplicationConfiguration),
    }),
    ...(asked?.EnvironmentProperties && {
      EnvironmentPropertyDescriptions: newEnvironment(asked.EnvironmentProperties.PropertyGroups),
    }),
    ...(isFlink(runtime) && {
      ApplicationSnapshotConfigurationDescription: {
        SnapshotsEnabled: asked?.ApplicationSnapshotConfiguration?.SnapshotsEnabled ?? true,
      },
      ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: rollback ?? false },
    }),
    ...(vpcs.length > 0 && {
      VpcConfigurationDescriptions: vpcs.map((vpc, index) => newVpc(vpc, `1.${index + 1}`)),
    }),
    ...(isStudio(runtime) && {
      ZeppelinApplicationConfigurationDescription: newStudioSettings(asked?.ZeppelinApplicationConfiguration),
    }),
    ...(encryption && {
      ApplicationEncryptionConfigurationDescription: newEncryption(encryption.KeyType, encryption.KeyId),
    }),
  };
  return { configuration, archive: code?.archive };
}

function newSqlSettings(asked: Input<SqlApplicationConfiguration>): SqlApplicationConfigurationDescription {
  const { Inputs: inputs = [], Outputs: outputs = [], ReferenceDataSources: references = [] } = asked;
  checkCount("input", inputs.length, limits.inputs);
  checkCount("output", outputs.length, limits.outputs);
  checkCount("reference data source", references.length, limits.referenceDataSources);
  return {
    InputDescriptions: inputs.map((input, index) => newInput(input, `1.${index + 1}`)),
    OutputDescriptions: outputs.map((output, index) => newOutput(output, `1.${index + 1}`)),
    ReferenceDataSourceDescriptions: references.map((reference, index) =>
      newReference(reference, `1.${index + 1}`),
    ),
  };
}

/** Which runtimes each part is for; the others are for all. */
const partsOf: Readonly<Record<string, (runtime: RuntimeEnvironment) => boolean>> = {
  SqlApplicationConfiguration: isSql,
  FlinkApplicationConfiguration: (runtime) => !isSql(runtime),
  EnvironmentProperties: (runtime) => !isSql(runtime),
  ApplicationSnapshotConfiguration: (runtime) => !isSql(runtime),
  ApplicationSystemRollbackConfiguration: isFlink,
  VpcConfigurations: (runtime) => !isSql(runtime),
  ZeppelinApplicationConfiguration: isStudio,
};

/** @throws ServiceError InvalidArgumentException when a part is for another runtime */
export function checkParts(names: readonly string[], runtime: RuntimeEnvironment): void {
  for (const name of names)
    if (partsOf[name]?.(runtime) === false)
      throw invalidArgument(`${name} cannot be given for an application with the runtime ${runtime}.`);
}

/** @throws ServiceError InvalidArgumentException */
export function checkCount(kind: string, count: number, allowed: number): void {
  if (count > allowed)
    throw invalidArgument(`An application can have at most ${allowed} ${kind}${allowed === 1 ? "" : "s"}.`);
}
