import { ServiceError } from "../core/errors.ts";
import type { RoleAccess } from "../core/role-access.ts";
import type { ConnectorContext } from "../kernels/streaming/connector-port.ts";
import {
  DeliveryAccessError,
  type DeliveryPort,
  type DeliveryStreamName,
  type DeliveryWriter,
} from "../kernels/streaming/connectors/delivery-port.ts";
import type { DirectIntake } from "../services/firehose/index.ts";
import { analyticsService } from "./streaming-streams.ts";

/** Delivery streams of this Millrace for streaming queries; Firehose is opened by the first that uses one. */
export class StreamingDelivery implements DeliveryPort {
  readonly #open: () => Promise<DirectIntake>;
  readonly #openRoles: () => Promise<RoleAccess>;

  constructor(open: () => Promise<DirectIntake>, openRoles: () => Promise<RoleAccess>) {
    this.#open = open;
    this.#openRoles = openRoles;
  }

  async open(
    { name, region }: DeliveryStreamName,
    { account, roleArn = "", sourceArn }: ConnectorContext,
  ): Promise<DeliveryWriter> {
    const intake = await this.#open();
    const roles = await this.#openRoles();
    const stream = { account, region, name };
    const use = { roleArn, sourceArn, service: analyticsService, action: "firehose:PutRecordBatch" };
    const resources = [intake.arnOf(stream)];
    const require = (): void => {
      const refusal = roles.refusal({ ...use, resources });
      if (refusal !== undefined) throw new DeliveryAccessError(refusal.message);
    };
    require();
    try {
      // A stream that is not there, or is not for records of others, is an error of the start.
      intake.check(stream);
    } catch (error) {
      throw accessError(error);
    }
    return {
      async put(records) {
        require();
        await intake.put(stream, records, sourceArn).catch((error: unknown) => {
          throw accessError(error);
        });
      },
    };
  }
}

function accessError(error: unknown): unknown {
  return error instanceof ServiceError ? new DeliveryAccessError(error.message, { cause: error }) : error;
}
