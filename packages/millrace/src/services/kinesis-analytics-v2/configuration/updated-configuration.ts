import type {
  ApplicationConfigurationUpdate,
  RuntimeEnvironment,
  SqlApplicationConfigurationDescription,
  SqlApplicationConfigurationUpdate,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import type { Configuration } from "../applications/document.ts";
import { invalidArgument, partNotFound } from "../errors.ts";
import { updatedCode } from "./code.ts";
import { newEncryption } from "./encryption.ts";
import { newEnvironment } from "./environment.ts";
import { updatedFlinkSettings } from "./flink-settings.ts";
import { checkParts, type GivenConfiguration } from "./new-configuration.ts";
import { updatedInput } from "./sql-inputs.ts";
import { updatedOutput, updatedReference } from "./sql-outputs.ts";
import { updatedStudioSettings } from "./studio-settings.ts";
import { updatedVpc } from "./vpc.ts";

type Update = Input<ApplicationConfigurationUpdate>;

/** Names of the parts, as a new configuration has them. */
const partNames: Readonly<Partial<Record<keyof Update, string>>> = {
  SqlApplicationConfigurationUpdate: "SqlApplicationConfiguration",
  FlinkApplicationConfigurationUpdate: "FlinkApplicationConfiguration",
  EnvironmentPropertyUpdates: "EnvironmentProperties",
  ApplicationSnapshotConfigurationUpdate: "ApplicationSnapshotConfiguration",
  ApplicationSystemRollbackConfigurationUpdate: "ApplicationSystemRollbackConfiguration",
  VpcConfigurationUpdates: "VpcConfigurations",
  ZeppelinApplicationConfigurationUpdate: "ZeppelinApplicationConfiguration",
};

/** A configuration as an update wants it. @throws ServiceError */
export function updatedConfiguration(
  before: Configuration,
  update: Update,
  application: { readonly name: string; readonly runtime: RuntimeEnvironment },
): GivenConfiguration {
  const given = (Object.keys(partNames) as (keyof Update)[]).filter((name) => update[name] !== undefined);
  checkParts(
    given.map((name) => partNames[name] ?? name),
    application.runtime,
  );
  const { ApplicationCodeConfigurationUpdate: codeUpdate, SqlApplicationConfigurationUpdate: sql } = update;
  const code = codeUpdate && updatedCode(before.ApplicationCodeConfigurationDescription, codeUpdate);
  const { FlinkApplicationConfigurationUpdate: flink, ZeppelinApplicationConfigurationUpdate: studio } =
    update;
  const environment = update.EnvironmentPropertyUpdates?.PropertyGroups;
  const snapshots = update.ApplicationSnapshotConfigurationUpdate?.SnapshotsEnabledUpdate;
  const rollback = update.ApplicationSystemRollbackConfigurationUpdate?.RollbackEnabledUpdate;
  const encryption = update.ApplicationEncryptionConfigurationUpdate;
  const configuration: Configuration = {
    ...before,
    ...(code && { ApplicationCodeConfigurationDescription: code.description }),
    ...(sql && {
      SqlApplicationConfigurationDescription: updatedSql(
        before.SqlApplicationConfigurationDescription,
        sql,
        application.name,
      ),
    }),
    ...(flink && {
      FlinkApplicationConfigurationDescription: updatedFlinkSettings(
        before.FlinkApplicationConfigurationDescription,
        flink,
      ),
    }),
    ...(environment && { EnvironmentPropertyDescriptions: newEnvironment(environment) }),
    ...(snapshots !== undefined && {
      ApplicationSnapshotConfigurationDescription: { SnapshotsEnabled: snapshots },
    }),
    ...(rollback !== undefined && {
      ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: rollback },
    }),
    ...(studio && {
      ZeppelinApplicationConfigurationDescription: updatedStudioSettings(
        before.ZeppelinApplicationConfigurationDescription,
        studio,
      ),
    }),
    ...(encryption && {
      ApplicationEncryptionConfigurationDescription: newEncryption(
        encryption.KeyTypeUpdate,
        encryption.KeyIdUpdate,
      ),
    }),
    ...(update.VpcConfigurationUpdates && {
      VpcConfigurationDescriptions: replaced(
        "VPC configuration",
        application.name,
        before.VpcConfigurationDescriptions,
        update.VpcConfigurationUpdates,
        ({ VpcConfigurationId: id }) => id,
        updatedVpc,
      ),
    }),
  };
  return { configuration, archive: code?.archive };
}

function updatedSql(
  before: SqlApplicationConfigurationDescription | undefined,
  update: Input<SqlApplicationConfigurationUpdate>,
  name: string,
): SqlApplicationConfigurationDescription {
  return {
    InputDescriptions: replaced(
      "Input",
      name,
      before?.InputDescriptions,
      update.InputUpdates ?? [],
      ({ InputId: id }) => id,
      updatedInput,
    ),
    OutputDescriptions: replaced(
      "Output",
      name,
      before?.OutputDescriptions,
      update.OutputUpdates ?? [],
      ({ OutputId: id }) => id,
      updatedOutput,
    ),
    ReferenceDataSourceDescriptions: replaced(
      "Reference data source",
      name,
      before?.ReferenceDataSourceDescriptions,
      update.ReferenceDataSourceUpdates ?? [],
      ({ ReferenceId: id }) => id,
      updatedReference,
    ),
  };
}

/** Parts with those replaced that an update names by their ids. */
function replaced<Part extends object, Change extends object>(
  kind: string,
  application: string,
  parts: readonly Part[] | undefined,
  updates: readonly Change[],
  idOf: (item: Part & Change) => string | undefined,
  apply: (part: Part, update: Change) => Part,
): Part[] {
  const result = [...(parts ?? [])];
  const seen = new Set<string>();
  for (const update of updates) {
    const id = idOf(update as Part & Change) ?? "";
    if (seen.has(id)) throw invalidArgument(`${kind} ${id} is updated twice.`);
    seen.add(id);
    const at = result.findIndex((part) => idOf(part as Part & Change) === id);
    const part = result[at];
    if (part === undefined) throw partNotFound(kind, id, application);
    result[at] = apply(part, update);
  }
  return result;
}
