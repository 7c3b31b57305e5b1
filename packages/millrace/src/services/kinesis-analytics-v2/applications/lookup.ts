import type { ApplicationStatus } from "@aws-sdk/client-kinesis-analytics-v2";
import { nameInArn } from "../arn.ts";
import {
  applicationNotFound,
  concurrentModification,
  invalidArgument,
  resourceInUse,
  unsupported,
} from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";
import type { Application } from "./application.ts";
import { type ApplicationDocument, isSql, type Owner } from "./document.ts";

/** @throws ServiceError ResourceNotFoundException */
export function applicationNamed(state: KinesisAnalyticsV2State, owner: Owner, name: string): Application {
  const application = state.applications.get(owner, name);
  if (application === undefined) throw applicationNotFound(name);
  return application;
}

/** @throws ServiceError */
export function applicationByArn(state: KinesisAnalyticsV2State, owner: Owner, arn: string): Application {
  const name = nameInArn(arn, owner);
  if (name === undefined) throw invalidArgument(`${arn} is not the ARN of an application here.`);
  return applicationNamed(state, owner, name);
}

/** For what AWS has for Managed Service for Apache Flink only. @throws ServiceError UnsupportedOperationException */
export function notForSql({ document }: Application, operation: string): void {
  if (isSql(document.current.runtime))
    throw unsupported(`${operation} is not supported for applications with the runtime SQL-1_0.`);
}

/** What a client says it changes. */
export interface Expected {
  readonly CurrentApplicationVersionId?: number | undefined;
  readonly ConditionalToken?: string | undefined;
}

/** @throws ServiceError when the application is not the one that the client has seen */
export function checkExpected(application: Application, expected: Expected): void {
  const { CurrentApplicationVersionId: version, ConditionalToken: token } = expected;
  const { name, current } = application.document;
  if (version === undefined && token === undefined)
    throw invalidArgument("CurrentApplicationVersionId or ConditionalToken must be given.");
  if (version !== undefined && version !== current.version)
    throw concurrentModification(
      `Application ${name} has the version ${current.version}; the request is about version ${version}.`,
    );
  if (token !== undefined && token !== application.conditionalToken)
    throw concurrentModification(`The ConditionalToken is not the current one of application ${name}.`);
}

/** @throws ServiceError ResourceInUseException */
export function checkStatus(
  { name, status }: Pick<ApplicationDocument, "name" | "status">,
  allowed: readonly ApplicationStatus[],
): void {
  if (!allowed.includes(status))
    throw resourceInUse(
      `Application ${name} cannot be used for this operation in the status ${status}; it must be ${allowed.join(" or ")}.`,
    );
}
