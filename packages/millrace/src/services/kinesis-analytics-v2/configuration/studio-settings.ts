import type {
  CustomArtifactConfiguration,
  CustomArtifactConfigurationDescription,
  ZeppelinApplicationConfiguration,
  ZeppelinApplicationConfigurationDescription,
  ZeppelinApplicationConfigurationUpdate,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { parseArn } from "../../../core/arn.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";

/** @throws ServiceError InvalidArgumentException */
export function newStudioSettings(
  asked: Input<ZeppelinApplicationConfiguration> | undefined,
): ZeppelinApplicationConfigurationDescription {
  const database = asked?.CatalogConfiguration?.GlueDataCatalogConfiguration.DatabaseARN;
  const location = asked?.DeployAsApplicationConfiguration?.S3ContentLocation;
  const artifacts = asked?.CustomArtifactsConfiguration;
  return {
    MonitoringConfigurationDescription: { LogLevel: asked?.MonitoringConfiguration?.LogLevel ?? "INFO" },
    ...(database !== undefined && { CatalogConfigurationDescription: describedCatalog(database) }),
    ...(location && {
      DeployAsApplicationConfigurationDescription: { S3ContentLocationDescription: location },
    }),
    ...(artifacts && { CustomArtifactsConfigurationDescription: artifacts.map(describedArtifact) }),
  };
}

/** @throws ServiceError InvalidArgumentException */
export function updatedStudioSettings(
  before: ZeppelinApplicationConfigurationDescription | undefined,
  update: Input<ZeppelinApplicationConfigurationUpdate>,
): ZeppelinApplicationConfigurationDescription {
  const level = update.MonitoringConfigurationUpdate?.LogLevelUpdate;
  const database = update.CatalogConfigurationUpdate?.GlueDataCatalogConfigurationUpdate.DatabaseARNUpdate;
  const moved = update.DeployAsApplicationConfigurationUpdate?.S3ContentLocationUpdate;
  const old = before?.DeployAsApplicationConfigurationDescription?.S3ContentLocationDescription;
  const artifacts = update.CustomArtifactsConfigurationUpdate;
  return {
    MonitoringConfigurationDescription: { LogLevel: "INFO" },
    ...before,
    ...(level !== undefined && { MonitoringConfigurationDescription: { LogLevel: level } }),
    ...(database !== undefined && { CatalogConfigurationDescription: describedCatalog(database) }),
    ...(moved && {
      DeployAsApplicationConfigurationDescription: {
        S3ContentLocationDescription: {
          BucketARN: moved.BucketARNUpdate ?? old?.BucketARN,
          BasePath: moved.BasePathUpdate ?? old?.BasePath,
        },
      },
    }),
    ...(artifacts && { CustomArtifactsConfigurationDescription: artifacts.map(describedArtifact) }),
  };
}

function describedCatalog(
  database: string,
): NonNullable<ZeppelinApplicationConfigurationDescription["CatalogConfigurationDescription"]> {
  const arn = parseArn(database);
  if (arn?.service !== "glue" || !arn.resource.startsWith("database/"))
    throw invalidArgument(`${database} is not the ARN of a database of the Glue Data Catalog.`);
  return { GlueDataCatalogConfigurationDescription: { DatabaseARN: database } };
}

function describedArtifact(
  asked: Input<CustomArtifactConfiguration>,
): CustomArtifactConfigurationDescription {
  const { ArtifactType, S3ContentLocation: location, MavenReference: maven } = asked;
  if ((location === undefined) === (maven === undefined))
    throw invalidArgument("An artifact needs either an S3ContentLocation or a MavenReference.");
  if (ArtifactType === "UDF" && location === undefined)
    throw invalidArgument("An artifact of the type UDF must be in S3.");
  return {
    ArtifactType,
    ...(location && { S3ContentLocationDescription: location }),
    ...(maven && { MavenReferenceDescription: maven }),
  };
}
