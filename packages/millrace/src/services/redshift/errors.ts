import { ServiceError } from "../../core/errors.ts";

/** The errors of Redshift. Codes are the names of the model's shapes; the model knows status and wire code. */
const fault =
  (code: string) =>
  (message: string): ServiceError =>
    new ServiceError(code, message);

type Fault = (message: string) => ServiceError;

export const invalidValue: Fault = fault("InvalidParameterValue");
export const invalidCombination: Fault = fault("InvalidParameterCombination");
export const missingParameter: Fault = fault("MissingParameter");
export const invalidClusterState: Fault = fault("InvalidClusterStateFault");
export const invalidTag: Fault = fault("InvalidTagFault");
export const unsupportedOption: Fault = fault("UnsupportedOptionFault");

export const clusterNotFound = (name: string): ServiceError =>
  new ServiceError("ClusterNotFoundFault", `Cluster ${name} not found.`, { status: 404 });

export const clusterExists = (): ServiceError =>
  new ServiceError("ClusterAlreadyExistsFault", "Cluster already exists");

export const clusterQuotaExceeded = (): ServiceError =>
  new ServiceError("ClusterQuotaExceededFault", "Cluster quota exceeded");

export const nodeQuotaExceeded = (allowed: number): ServiceError =>
  new ServiceError(
    "NumberOfNodesQuotaExceededFault",
    `The request would exceed the allowed number of ${allowed} nodes in this account and region.`,
  );

export const tooManyNodes = (nodeType: string, allowed: number): ServiceError =>
  new ServiceError(
    "NumberOfNodesPerClusterLimitExceededFault",
    `The number of nodes for node type ${nodeType} must not be greater than ${allowed}.`,
  );

export const parameterGroupNotFound = (name: string): ServiceError =>
  new ServiceError("ClusterParameterGroupNotFoundFault", `ClusterParameterGroup not found: ${name}`, {
    status: 404,
  });

export const securityGroupNotFound = (name: string): ServiceError =>
  new ServiceError("ClusterSecurityGroupNotFoundFault", `ClusterSecurityGroup not found: ${name}`, {
    status: 404,
  });

export const subnetGroupNotFound = (name: string): ServiceError =>
  new ServiceError("ClusterSubnetGroupNotFoundFault", `Cluster subnet group ${name} not found`);

export const resourceNotFound = (name: string): ServiceError =>
  new ServiceError("ResourceNotFoundFault", `The resource ${name} was not found.`, { status: 404 });

export const resizeNotFound = (name: string): ServiceError =>
  new ServiceError("ResizeNotFoundFault", `A resize operation for the cluster ${name} was not found.`, {
    status: 404,
  });

/** An operation that has to wait until another one has ended. */
export const clusterBusy = (verb: string): ServiceError =>
  invalidClusterState(
    `There is an operation running on the Cluster. Please try to ${verb} it at a later time.`,
  );

/** What Millrace does not have, within an operation that it does have. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });
