import type { OperationTable } from "../../gateway/service.ts";
import { addApplicationCloudWatchLoggingOption } from "./operations/add-application-cloud-watch-logging-option.ts";
import { addApplicationInput } from "./operations/add-application-input.ts";
import { addApplicationInputProcessingConfiguration } from "./operations/add-application-input-processing-configuration.ts";
import { addApplicationOutput } from "./operations/add-application-output.ts";
import { addApplicationReferenceDataSource } from "./operations/add-application-reference-data-source.ts";
import { addApplicationVpcConfiguration } from "./operations/add-application-vpc-configuration.ts";
import { createApplication } from "./operations/create-application.ts";
import { createApplicationPresignedUrl } from "./operations/create-application-presigned-url.ts";
import { createApplicationSnapshot } from "./operations/create-application-snapshot.ts";
import { deleteApplication } from "./operations/delete-application.ts";
import { deleteApplicationCloudWatchLoggingOption } from "./operations/delete-application-cloud-watch-logging-option.ts";
import { deleteApplicationInputProcessingConfiguration } from "./operations/delete-application-input-processing-configuration.ts";
import { deleteApplicationOutput } from "./operations/delete-application-output.ts";
import { deleteApplicationReferenceDataSource } from "./operations/delete-application-reference-data-source.ts";
import { deleteApplicationSnapshot } from "./operations/delete-application-snapshot.ts";
import { deleteApplicationVpcConfiguration } from "./operations/delete-application-vpc-configuration.ts";
import { describeApplication } from "./operations/describe-application.ts";
import { describeApplicationOperation } from "./operations/describe-application-operation.ts";
import { describeApplicationSnapshot } from "./operations/describe-application-snapshot.ts";
import { describeApplicationVersion } from "./operations/describe-application-version.ts";
import { discoverInputSchema } from "./operations/discover-input-schema.ts";
import { listApplicationOperations } from "./operations/list-application-operations.ts";
import { listApplicationSnapshots } from "./operations/list-application-snapshots.ts";
import { listApplicationVersions } from "./operations/list-application-versions.ts";
import { listApplications } from "./operations/list-applications.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { rollbackApplication } from "./operations/rollback-application.ts";
import { startApplication } from "./operations/start-application.ts";
import { stopApplication } from "./operations/stop-application.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateApplication } from "./operations/update-application.ts";
import { updateApplicationMaintenanceConfiguration } from "./operations/update-application-maintenance-configuration.ts";
import {
  applicationResource,
  arnResource,
  createPermissions,
  discoverPermissions,
  noResource,
  updatePermissions,
} from "./permissions.ts";
import type { KinesisAnalyticsV2State } from "./state.ts";

const ofApplication = Object.freeze({ resources: applicationResource });
const ofArn = Object.freeze({ resources: arnResource });

/** What Millrace has of Managed Service for Apache Flink. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<KinesisAnalyticsV2State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  AddApplicationCloudWatchLoggingOption: { run: addApplicationCloudWatchLoggingOption, ...ofApplication },
  // coverage: no Firehose delivery streams as sources
  AddApplicationInput: { run: addApplicationInput, ...ofApplication },
  // coverage: kept; an application that has one does not start
  AddApplicationInputProcessingConfiguration: {
    run: addApplicationInputProcessingConfiguration,
    ...ofApplication,
  },
  // coverage: an application with a LambdaOutput does not start
  AddApplicationOutput: { run: addApplicationOutput, ...ofApplication },
  AddApplicationReferenceDataSource: { run: addApplicationReferenceDataSource, ...ofApplication },
  // coverage: kept; there are no networks to act on
  AddApplicationVpcConfiguration: { run: addApplicationVpcConfiguration, ...ofApplication },
  // coverage: Flink SQL, SQL-1_0 and Studio run; jars and Python code are kept and do not start; no customer managed keys
  CreateApplication: { run: createApplication, ...ofApplication, permissions: createPermissions },
  // coverage: pages of Millrace's own
  CreateApplicationPresignedUrl: { run: createApplicationPresignedUrl, ...ofApplication },
  CreateApplicationSnapshot: { run: createApplicationSnapshot, ...ofApplication },
  DeleteApplication: { run: deleteApplication, ...ofApplication },
  DeleteApplicationCloudWatchLoggingOption: {
    run: deleteApplicationCloudWatchLoggingOption,
    ...ofApplication,
  },
  DeleteApplicationInputProcessingConfiguration: {
    run: deleteApplicationInputProcessingConfiguration,
    ...ofApplication,
  },
  DeleteApplicationOutput: { run: deleteApplicationOutput, ...ofApplication },
  DeleteApplicationReferenceDataSource: { run: deleteApplicationReferenceDataSource, ...ofApplication },
  DeleteApplicationSnapshot: { run: deleteApplicationSnapshot, ...ofApplication },
  DeleteApplicationVpcConfiguration: { run: deleteApplicationVpcConfiguration, ...ofApplication },
  DescribeApplication: { run: describeApplication, ...ofApplication },
  DescribeApplicationOperation: { run: describeApplicationOperation, ...ofApplication },
  DescribeApplicationSnapshot: { run: describeApplicationSnapshot, ...ofApplication },
  DescribeApplicationVersion: { run: describeApplicationVersion, ...ofApplication },
  DiscoverInputSchema: { run: discoverInputSchema, resources: noResource, permissions: discoverPermissions },
  ListApplicationOperations: { run: listApplicationOperations, ...ofApplication },
  ListApplicationSnapshots: { run: listApplicationSnapshots, ...ofApplication },
  ListApplicationVersions: { run: listApplicationVersions, ...ofApplication },
  ListApplications: { run: listApplications, resources: noResource },
  ListTagsForResource: { run: listTagsForResource, ...ofArn },
  RollbackApplication: { run: rollbackApplication, ...ofApplication },
  // coverage: no jars, no Python code
  StartApplication: { run: startApplication, ...ofApplication },
  StopApplication: { run: stopApplication, ...ofApplication },
  TagResource: { run: tagResource, ...ofArn },
  UntagResource: { run: untagResource, ...ofArn },
  // coverage: no customer managed keys
  UpdateApplication: { run: updateApplication, ...ofApplication, permissions: updatePermissions },
  // coverage: kept and shown; there is no maintenance
  UpdateApplicationMaintenanceConfiguration: {
    run: updateApplicationMaintenanceConfiguration,
    ...ofApplication,
  },
};
