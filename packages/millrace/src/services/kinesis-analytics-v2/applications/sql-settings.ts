import type {
  InputDescription,
  SqlApplicationConfigurationDescription,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { partNotFound, unsupported } from "../errors.ts";
import type { VersionChange } from "./change.ts";
import { isSql, type VersionDocument } from "./document.ts";

/** Inputs, outputs and tables. @throws ServiceError when the application is not SQL-1_0 */
export function sqlSettings({
  runtime,
  configuration,
}: VersionDocument): SqlApplicationConfigurationDescription {
  if (!isSql(runtime))
    throw unsupported(
      `Inputs, outputs and reference data sources are not supported for the runtime ${runtime}.`,
    );
  return configuration.SqlApplicationConfigurationDescription ?? {};
}

export function withSqlSettings(
  version: VersionDocument,
  changed: SqlApplicationConfigurationDescription,
): VersionChange {
  const settings = { ...sqlSettings(version), ...changed };
  return {
    version: {
      configuration: { ...version.configuration, SqlApplicationConfigurationDescription: settings },
    },
  };
}

/** @throws ServiceError */
export function inputOf(version: VersionDocument, id: string, name: string): InputDescription {
  const found = sqlSettings(version).InputDescriptions?.find((input) => input.InputId === id);
  if (found === undefined) throw partNotFound("Input", id, name);
  return found;
}

export function withInput(version: VersionDocument, changed: InputDescription): VersionChange {
  const inputs = sqlSettings(version).InputDescriptions ?? [];
  return withSqlSettings(version, {
    InputDescriptions: inputs.map((input) => (input.InputId === changed.InputId ? changed : input)),
  });
}
