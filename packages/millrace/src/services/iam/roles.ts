import { type IamAccount, keyOf } from "./account.ts";
import { alreadyExists, invalidInput, limitExceeded, quotaExceeded } from "./errors.ts";
import { limits } from "./limits.ts";
import { checkPolicy, countedCharacters } from "./policy-text.ts";

/** A trust policy that is to be given to a role. */
export function checkTrust(text: string): void {
  checkPolicy(text, "trust");
  if (countedCharacters(text) > limits.trustPolicyCharacters)
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${limits.trustPolicyCharacters}`);
}

export function checkNewRole(account: IamAccount, name: string): void {
  if (account.roles.has(keyOf(name))) throw alreadyExists(`Role with name ${name} already exists.`);
  if (account.roles.size >= limits.rolesPerAccount)
    throw quotaExceeded("RolesPerAccount", limits.rolesPerAccount);
}

/** AWS's names where they cannot be told from the service's own. */
const linkedNames: Readonly<Record<string, string>> = {
  "autoscaling.amazonaws.com": "AutoScaling",
  "batch.amazonaws.com": "Batch",
  "dynamodb.application-autoscaling.amazonaws.com": "ApplicationAutoScaling_DynamoDBTable",
  "ecs.amazonaws.com": "ECS",
  "elasticmapreduce.amazonaws.com": "EMRCleanup",
  "kafka.amazonaws.com": "Kafka",
  "kafkaconnect.amazonaws.com": "KafkaConnect",
  "lakeformation.amazonaws.com": "LakeFormationDataAccess",
  "opensearchservice.amazonaws.com": "AmazonOpenSearchService",
  "redshift.amazonaws.com": "Redshift",
  "replication.dynamodb.amazonaws.com": "DynamoDBReplication",
  "spot.amazonaws.com": "EC2Spot",
  "spotfleet.amazonaws.com": "EC2SpotFleet",
};

/** The name of a service's role: `AWSServiceRoleForKafka`. */
export function linkedRoleName(service: string): string {
  const known = Object.hasOwn(linkedNames, service) ? linkedNames[service] : undefined;
  if (known !== undefined) return `AWSServiceRoleFor${known}`;
  const label = /^([a-z0-9-]{2,40})\.amazonaws\.com$/.exec(service)?.[1];
  if (label === undefined) throw invalidInput(`${service} is not a service that has service-linked roles.`);
  return `AWSServiceRoleFor${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

export function linkedTrust(service: string): string {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
