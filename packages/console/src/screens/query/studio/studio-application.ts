import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";

/** The Studio application that the query editor's streaming SQL runs in. */
export const studioName = "console";
const studioRuntime = "ZEPPELIN-FLINK-3_0";

export interface StudioSettings {
  readonly roleArn: string;
  /** A database of the Glue Data Catalog whose tables the statements find. */
  readonly databaseArn: string | undefined;
}

/** `READY`, `RUNNING`, ...; undefined when there is none yet. */
export async function studioStatus(client: KinesisAnalyticsV2): Promise<string | undefined> {
  try {
    const { ApplicationDetail } = await client.describeApplication({ ApplicationName: studioName });
    return ApplicationDetail?.ApplicationStatus;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

export async function createStudio(client: KinesisAnalyticsV2, settings: StudioSettings): Promise<void> {
  const { roleArn, databaseArn } = settings;
  await client.createApplication({
    ApplicationName: studioName,
    ApplicationDescription: "Streaming SQL of the console's query editor",
    RuntimeEnvironment: studioRuntime,
    ApplicationMode: "INTERACTIVE",
    ServiceExecutionRole: roleArn,
    ...(databaseArn !== undefined && {
      ApplicationConfiguration: {
        ZeppelinApplicationConfiguration: {
          CatalogConfiguration: { GlueDataCatalogConfiguration: { DatabaseARN: databaseArn } },
        },
      },
    }),
  });
}
