import type {
  RunConfiguration,
  StartApplicationRequest,
  StartApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import type { Application } from "../applications/application.ts";
import { isFlink, isSql, type RunDocument } from "../applications/document.ts";
import { applicationNamed, checkStatus } from "../applications/lookup.ts";
import { checkRole } from "../applications/role-check.ts";
import { checkedProgram, keptArchives } from "../code/code-check.ts";
import { invalidArgument, invalidConfiguration, partNotFound } from "../errors.ts";
import { restorePoint } from "../running/restore-point.ts";
import { lastStoppedPoint } from "../running/transition-runner.ts";
import { newOperation, statusDuring } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function startApplication(
  state: KinesisAnalyticsV2State,
  input: Input<StartApplicationRequest>,
  call: Call,
): Promise<StartApplicationResponse> {
  const application = applicationNamed(state, call, input.ApplicationName);
  checkStatus(application.document, ["READY"]);
  const { runtime, role } = application.document.current;
  checkRole(state.dependencies.roles, role, application.document);
  const run = runOf(state, application, input.RunConfiguration);
  await checkProgram(state, application, run);
  const restoreFrom = isFlink(runtime)
    ? restorePoint(application, run)?.engineName
    : stoppedPoint(application, run);
  const operation = newOperation(call.operation, state.clock.now());
  await state.lifecycle.begin(application, operation, (document) => {
    checkStatus(document, ["READY"]);
    return {
      ...document,
      status: statusDuring.start,
      run,
      transition: {
        kind: "start",
        operationId: operation.id,
        ...(restoreFrom !== undefined && { restoreFrom }),
      },
    };
  });
  state.observer.start();
  return { OperationId: isSql(runtime) ? undefined : operation.id };
}

/** @throws ServiceError */
function runOf(
  state: KinesisAnalyticsV2State,
  { document }: Application,
  asked: Input<RunConfiguration> | undefined,
): RunDocument {
  const { runtime, configuration } = document.current;
  const { FlinkRunConfiguration: flink, ApplicationRestoreConfiguration: restore } = asked ?? {};
  const positions = asked?.SqlRunConfigurations ?? [];
  if (!isSql(runtime) && positions.length > 0)
    throw invalidArgument("SqlRunConfigurations cannot be given for an application that is not SQL-1_0.");
  if (isSql(runtime) && (flink !== undefined || restore !== undefined))
    throw invalidArgument("FlinkRunConfiguration and ApplicationRestoreConfiguration are not for SQL-1_0.");
  const inputs = configuration.SqlApplicationConfigurationDescription?.InputDescriptions ?? [];
  for (const { InputId: id } of positions)
    if (!inputs.some((input) => input.InputId === id)) throw partNotFound("Input", id, document.name);
  const { ApplicationRestoreType: restoreType = "RESTORE_FROM_LATEST_SNAPSHOT", SnapshotName } =
    restore ?? {};
  return {
    restoreType,
    ...(SnapshotName !== undefined && { snapshotName: SnapshotName }),
    allowNonRestoredState: flink?.AllowNonRestoredState ?? false,
    positions: Object.fromEntries(
      positions.map(({ InputId: id, InputStartingPositionConfiguration: start }) => [
        id,
        start.InputStartingPosition ?? "NOW",
      ]),
    ),
    requestedMs: state.clock.now(),
  };
}

/** Where a SQL-1_0 application was when it was stopped, if it is to go on from there. */
function stoppedPoint(application: Application, { positions }: RunDocument): string | undefined {
  if (!Object.values(positions).includes("LAST_STOPPED_POINT")) return undefined;
  const point = application.snapshots.get(lastStoppedPoint);
  if (point === undefined)
    throw invalidArgument("The application was never stopped: there is no LAST_STOPPED_POINT.");
  return point.engineName;
}

/** What can be known to fail is refused at once. @throws ServiceError InvalidApplicationConfigurationException */
async function checkProgram(
  { dependencies, applications }: KinesisAnalyticsV2State,
  application: Application,
  run: RunDocument,
): Promise<void> {
  const { document } = application;
  const archives = keptArchives(applications, application);
  // A jar or Python code is refused by its operation, as AWS does with code that does not start.
  const { failure } = await checkedProgram(dependencies, document, document.current, run, archives);
  if (failure !== undefined) throw invalidConfiguration(failure.message);
}
