import type { OperationTable } from "../../gateway/service.ts";
import { authorizeClusterSecurityGroupIngress } from "./operations/authorize-cluster-security-group-ingress.ts";
import { cancelResize } from "./operations/cancel-resize.ts";
import { createCluster } from "./operations/create-cluster.ts";
import { createClusterParameterGroup } from "./operations/create-cluster-parameter-group.ts";
import { createClusterSecurityGroup } from "./operations/create-cluster-security-group.ts";
import { createClusterSubnetGroup } from "./operations/create-cluster-subnet-group.ts";
import { createTags } from "./operations/create-tags.ts";
import { deleteCluster } from "./operations/delete-cluster.ts";
import { deleteClusterParameterGroup } from "./operations/delete-cluster-parameter-group.ts";
import { deleteClusterSecurityGroup } from "./operations/delete-cluster-security-group.ts";
import { deleteClusterSubnetGroup } from "./operations/delete-cluster-subnet-group.ts";
import { deleteTags } from "./operations/delete-tags.ts";
import { describeAccountAttributes } from "./operations/describe-account-attributes.ts";
import { describeClusterParameterGroups } from "./operations/describe-cluster-parameter-groups.ts";
import { describeClusterParameters } from "./operations/describe-cluster-parameters.ts";
import { describeClusterSecurityGroups } from "./operations/describe-cluster-security-groups.ts";
import { describeClusterSubnetGroups } from "./operations/describe-cluster-subnet-groups.ts";
import { describeClusterTracks } from "./operations/describe-cluster-tracks.ts";
import { describeClusterVersions } from "./operations/describe-cluster-versions.ts";
import { describeClusters } from "./operations/describe-clusters.ts";
import { describeDefaultClusterParameters } from "./operations/describe-default-cluster-parameters.ts";
import { describeEventCategories } from "./operations/describe-event-categories.ts";
import { describeEvents } from "./operations/describe-events.ts";
import { describeLoggingStatus } from "./operations/describe-logging-status.ts";
import { describeNodeConfigurationOptions } from "./operations/describe-node-configuration-options.ts";
import { describeOrderableClusterOptions } from "./operations/describe-orderable-cluster-options.ts";
import { describeResize } from "./operations/describe-resize.ts";
import { describeTags } from "./operations/describe-tags.ts";
import { disableLogging } from "./operations/disable-logging.ts";
import { enableLogging } from "./operations/enable-logging.ts";
import { getClusterCredentials } from "./operations/get-cluster-credentials.ts";
import { getClusterCredentialsWithIAM } from "./operations/get-cluster-credentials-with-iam.ts";
import { modifyCluster } from "./operations/modify-cluster.ts";
import { modifyClusterIamRoles } from "./operations/modify-cluster-iam-roles.ts";
import { modifyClusterParameterGroup } from "./operations/modify-cluster-parameter-group.ts";
import { modifyClusterSubnetGroup } from "./operations/modify-cluster-subnet-group.ts";
import { pauseCluster } from "./operations/pause-cluster.ts";
import { rebootCluster } from "./operations/reboot-cluster.ts";
import { resetClusterParameterGroup } from "./operations/reset-cluster-parameter-group.ts";
import { resizeCluster } from "./operations/resize-cluster.ts";
import { resumeCluster } from "./operations/resume-cluster.ts";
import { revokeClusterSecurityGroupIngress } from "./operations/revoke-cluster-security-group-ingress.ts";
import {
  clusterResource,
  createClusterPermissions,
  createTagsPermissions,
  creating,
  credentialsPermissions,
  credentialsWithIamResource,
  noResource,
  parameterGroupResource,
  rolesPermissions,
  securityGroupResource,
  subnetGroupResource,
  taggedResource,
} from "./permissions.ts";
import type { RedshiftState } from "./state.ts";

/** What Millrace has of Redshift. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<RedshiftState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: by CIDR ranges; no EC2 security groups (501)
  AuthorizeClusterSecurityGroupIngress: {
    run: authorizeClusterSecurityGroupIngress,
    resources: securityGroupResource,
  },
  // coverage: a classic resize, before rows begin to move
  CancelResize: { run: cancelResize, resources: clusterResource },
  // coverage: no encryption, managed passwords, HSM, Elastic IP, snapshot schedules, dual stack, IAM Identity Center (501); VPC security groups, snapshot retention, maintenance and Multi-AZ are kept and shown only
  CreateCluster: { run: createCluster, resources: clusterResource, permissions: createClusterPermissions },
  // coverage: of the parameters, these act: datestyle, enable_case_sensitive_identifier, extra_float_digits, query_group, require_ssl, search_path, statement_timeout
  CreateClusterParameterGroup: {
    run: createClusterParameterGroup,
    resources: parameterGroupResource,
    permissions: creating(parameterGroupResource),
  },
  CreateClusterSecurityGroup: {
    run: createClusterSecurityGroup,
    resources: securityGroupResource,
    permissions: creating(securityGroupResource),
  },
  // coverage: subnets are kept and shown; there is no VPC
  CreateClusterSubnetGroup: {
    run: createClusterSubnetGroup,
    resources: subnetGroupResource,
    permissions: creating(subnetGroupResource),
  },
  CreateTags: { run: createTags, resources: taggedResource, permissions: createTagsPermissions },
  // coverage: no final snapshot (501)
  DeleteCluster: { run: deleteCluster, resources: clusterResource },
  DeleteClusterParameterGroup: { run: deleteClusterParameterGroup, resources: parameterGroupResource },
  DeleteClusterSecurityGroup: { run: deleteClusterSecurityGroup, resources: securityGroupResource },
  DeleteClusterSubnetGroup: { run: deleteClusterSubnetGroup, resources: subnetGroupResource },
  DeleteTags: { run: deleteTags, resources: taggedResource },
  DescribeAccountAttributes: { run: describeAccountAttributes, resources: noResource },
  DescribeClusterParameterGroups: { run: describeClusterParameterGroups, resources: parameterGroupResource },
  DescribeClusterParameters: { run: describeClusterParameters, resources: parameterGroupResource },
  DescribeClusterSecurityGroups: { run: describeClusterSecurityGroups, resources: securityGroupResource },
  DescribeClusterSubnetGroups: { run: describeClusterSubnetGroups, resources: subnetGroupResource },
  DescribeClusterTracks: { run: describeClusterTracks, resources: noResource },
  DescribeClusterVersions: { run: describeClusterVersions, resources: noResource },
  DescribeClusters: { run: describeClusters, resources: clusterResource },
  DescribeDefaultClusterParameters: { run: describeDefaultClusterParameters, resources: noResource },
  // coverage: the events that Millrace has
  DescribeEventCategories: { run: describeEventCategories, resources: noResource },
  DescribeEvents: { run: describeEvents, resources: noResource },
  DescribeLoggingStatus: { run: describeLoggingStatus, resources: clusterResource },
  // coverage: for resize-cluster alone
  DescribeNodeConfigurationOptions: { run: describeNodeConfigurationOptions, resources: noResource },
  DescribeOrderableClusterOptions: { run: describeOrderableClusterOptions, resources: noResource },
  DescribeResize: { run: describeResize, resources: clusterResource },
  DescribeTags: { run: describeTags, resources: taggedResource },
  DisableLogging: { run: disableLogging, resources: clusterResource },
  // coverage: kept and shown only: no log is written
  EnableLogging: { run: enableLogging, resources: clusterResource },
  // coverage: no custom domains (501)
  GetClusterCredentials: {
    run: getClusterCredentials,
    resources: clusterResource,
    permissions: credentialsPermissions,
  },
  // coverage: no custom domains (501)
  GetClusterCredentialsWithIAM: { run: getClusterCredentialsWithIAM, resources: credentialsWithIamResource },
  // coverage: as CreateCluster; the admin password changes at once
  ModifyCluster: { run: modifyCluster, resources: clusterResource },
  ModifyClusterIamRoles: {
    run: modifyClusterIamRoles,
    resources: clusterResource,
    permissions: rolesPermissions,
  },
  // coverage: use_fips_ssl cannot be turned on (501)
  ModifyClusterParameterGroup: { run: modifyClusterParameterGroup, resources: parameterGroupResource },
  // coverage: subnets are kept and shown; there is no VPC
  ModifyClusterSubnetGroup: { run: modifyClusterSubnetGroup, resources: subnetGroupResource },
  PauseCluster: { run: pauseCluster, resources: clusterResource },
  RebootCluster: { run: rebootCluster, resources: clusterResource },
  ResetClusterParameterGroup: { run: resetClusterParameterGroup, resources: parameterGroupResource },
  // coverage: an elastic resize gives each node its default number of slices; no reserved nodes (501)
  ResizeCluster: { run: resizeCluster, resources: clusterResource },
  ResumeCluster: { run: resumeCluster, resources: clusterResource },
  // coverage: by CIDR ranges; no EC2 security groups (501)
  RevokeClusterSecurityGroupIngress: {
    run: revokeClusterSecurityGroupIngress,
    resources: securityGroupResource,
  },
};
