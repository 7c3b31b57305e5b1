import type { CreateClusterMessage, ModifyClusterMessage } from "@aws-sdk/client-redshift";
import type { Input } from "../../../gateway/service.ts";
import { invalidCombination, invalidValue, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import type { RedshiftState } from "../state.ts";

type Both = Input<CreateClusterMessage> & Input<ModifyClusterMessage>;
type Given = { readonly [Member in keyof Both]?: Both[Member] | undefined };

/** Members that would have to do something that Millrace does not; "" and false say nothing. */
const missing: readonly (keyof Given)[] = [
  "CatalogName",
  "ElasticIp",
  "ExtraComputeForAutomaticOptimization",
  "HsmClientCertificateIdentifier",
  "HsmConfigurationIdentifier",
  "LoadSampleData",
  "RedshiftIdcApplicationArn",
  "SnapshotScheduleIdentifier",
];

/** @throws ServiceError for what would be promised and not kept */
export function checkUnsupported(state: RedshiftState, input: Given): void {
  for (const member of missing) if (input[member]) throw notImplemented(member);
  if (input.Encrypted === true || input.KmsKeyId)
    throw notImplemented(
      "Encryption of clusters (Encrypted, KmsKeyId): their files are not encrypted. Create the cluster with Encrypted=false; encryption",
    );
  if (input.ManageMasterPassword === true || input.MasterPasswordSecretKmsKeyId)
    throw notImplemented("ManageMasterPassword: there is no Secrets Manager, and a password in it");
  if (input.IpAddressType !== undefined && input.IpAddressType !== "ipv4")
    throw input.IpAddressType === "dualstack"
      ? notImplemented("IpAddressType dualstack")
      : invalidValue("IpAddressType must be ipv4 or dualstack.");
  if (input.ClusterVersion !== undefined && input.ClusterVersion !== "1.0")
    throw invalidCombination(`Cannot find version ${input.ClusterVersion} for redshift`);
  checkPort(state, input);
}

/** AWS's own port is taken for the cluster's: tools name it without meaning it. */
function checkPort({ endpoint }: RedshiftState, { ClusterIdentifier = "", Port }: Given): void {
  const { port: served } = endpoint(ClusterIdentifier.toLowerCase());
  if (Port === undefined || Port === served || Port === limits.defaultPort) return;
  throw notImplemented(
    `Port ${Port}: this cluster is served on port ${served} (--redshift-cluster-port gives it one of its own), and another port`,
  );
}
