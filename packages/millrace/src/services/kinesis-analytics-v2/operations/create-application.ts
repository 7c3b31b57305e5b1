import { randomUUID } from "node:crypto";
import type {
  CreateApplicationRequest,
  CreateApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { detailOf } from "../applications/description.ts";
import {
  type ApplicationDocument,
  isFlink,
  isStudio,
  type VersionDocument,
} from "../applications/document.ts";
import { defaultMaintenanceStart } from "../applications/maintenance.ts";
import { checkRole } from "../applications/role-check.ts";
import { newTags } from "../applications/tags.ts";
import { archivesOf, checkCode, sha256Of, withRead } from "../code/code-check.ts";
import { newLoggingOption } from "../configuration/logging.ts";
import { checkCount, newConfiguration } from "../configuration/new-configuration.ts";
import { invalidArgument, limitExceeded, resourceInUse } from "../errors.ts";
import { limits } from "../limits.ts";
import { parallelismOf } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

type CreateInput = Input<CreateApplicationRequest>;

export async function createApplication(
  state: KinesisAnalyticsV2State,
  input: CreateInput,
  call: Call,
): Promise<CreateApplicationResponse> {
  const { ApplicationName: name, RuntimeEnvironment: runtime, ServiceExecutionRole: role } = input;
  const { account, region } = call;
  if (state.applications.get(call, name) !== undefined)
    throw resourceInUse(`Application ${name} already exists.`);
  if (state.applications.list(call).length >= limits.applications)
    throw limitExceeded(`The account has ${limits.applications} applications in ${region} already.`);
  checkMode(input);
  const owner = { account, region, name };
  checkRole(state.dependencies.roles, role, owner);
  const tags = newTags({}, input.Tags ?? []);
  const { configuration, archive } = newConfiguration(input.ApplicationConfiguration, runtime);
  const nowMs = state.clock.now();
  const sha256 = archive && sha256Of(archive);
  const logging = input.CloudWatchLoggingOptions ?? [];
  checkCount("CloudWatch logging option", logging.length, limits.loggingOptions);
  const version: VersionDocument = {
    ...{ version: 1, createdMs: nowMs, runtime, role, configuration },
    logging: logging.map(({ LogStreamARN: arn }, index) => newLoggingOption(arn, `1.${index + 1}`)),
    ...(sha256 !== undefined && { archive: sha256 }),
  };
  const archives = archivesOf(() => undefined, { sha256, archive });
  const read = await checkCode(state.dependencies, owner, version, archives);
  const current = withRead(version, read);
  const document: ApplicationDocument = {
    ...owner,
    ...{ id: randomUUID(), description: input.ApplicationDescription, mode: modeOf(input), tags, current },
    ...{ createdMs: nowMs, updatedMs: nowMs, status: "READY", run: undefined },
    maintenanceStart: defaultMaintenanceStart(region),
    currentParallelism: parallelismOf(current),
  };
  const application = await state.applications.create(document, { archive: archive ?? read });
  return { ApplicationDetail: detailOf(application) };
}

const modeOf = ({
  ApplicationMode: mode,
  RuntimeEnvironment: runtime,
}: CreateInput): ApplicationDocument["mode"] => mode ?? (isFlink(runtime) ? "STREAMING" : undefined);

function checkMode({ ApplicationMode: mode, RuntimeEnvironment: runtime }: CreateInput): void {
  if (isStudio(runtime) && mode !== "INTERACTIVE")
    throw invalidArgument(
      `An application with the runtime ${runtime} needs the ApplicationMode INTERACTIVE.`,
    );
  if (!isStudio(runtime) && mode === "INTERACTIVE")
    throw invalidArgument(`The ApplicationMode INTERACTIVE is not valid with the runtime ${runtime}.`);
}
