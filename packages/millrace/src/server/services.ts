import type { Service } from "../gateway/service.ts";
import type { DataDirectory } from "./data-directory.ts";
import type { ServiceContext } from "./service-context.ts";

type ServiceFactory = (context: ServiceContext) => Promise<Service>;

/**
 * How each service is built; `npm run new-service` adds lines here. A service's code is loaded when it is
 * started, so that the ones that nobody calls cost neither time nor memory.
 */
export const serviceFactories: Readonly<Record<string, ServiceFactory>> = {
  cloudwatch: async (context) => (await import("./start-cloudwatch.ts")).startCloudwatch(context),
  dynamodb: async (context) => (await import("./start-dynamodb.ts")).startDynamodb(context),
  firehose: async (context) => (await import("./start-firehose.ts")).startFirehose(context),
  glue: async (context) => (await import("./start-glue.ts")).startGlue(context),
  iam: async (context) => (await import("./start-iam.ts")).startIam(context),
  kinesis: async (context) => (await import("./start-kinesis.ts")).startKinesis(context),
  "kinesis-analytics-v2": async (context) =>
    (await import("./start-kinesis-analytics-v2.ts")).startKinesisAnalyticsV2(context),
  kms: async (context) => (await import("./start-kms.ts")).startKms(context),
  logs: async (context) => (await import("./start-logs.ts")).startLogs(context),
  redshift: async (context) => (await import("./start-redshift.ts")).startRedshift(context),
  "redshift-data": async (context) => (await import("./start-redshift-data.ts")).startRedshiftData(context),
  s3: async (context) => (await import("./start-s3.ts")).startS3(context),
  sts: async (context) => (await import("./start-sts.ts")).startSts(context),
};

/** The services that Millrace has. */
export const serviceIds: readonly string[] = Object.keys(serviceFactories);

/** Folders of the data directory that are not called like the service whose data they hold. */
const folders: Readonly<Record<string, string>> = { s3: "objects" };

/** Whether an earlier run of the service has left something in the data directory. */
export function hasKept(directory: DataDirectory, id: string): boolean {
  return directory.has(folders[id] ?? id);
}
