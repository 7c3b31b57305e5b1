import type { ServiceError } from "../../core/errors.ts";
import type { ServiceModel } from "../model/service-model.ts";
import type { StructureShape } from "../model/shape.ts";

/** An error prepared for the wire: what the model says about it, where the model knows it. */
export interface WireError {
  /** Short name, as a client matches on it. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly shape: StructureShape | undefined;
  /** The values of the shape's members, the message among them. */
  readonly members: Readonly<Record<string, unknown>>;
  /** True when one of those members is the message. */
  readonly namesMessage: boolean;
  /** Code and fault for services that once spoke the query protocol. */
  readonly queryCode: string;
  /** HTTP status in the query protocol. */
  readonly queryStatus: number;
  readonly fault: "Sender" | "Receiver";
}

/** The model's status wins over the error's own when the service declares one. */
export function wireError(model: ServiceModel | undefined, error: ServiceError): WireError {
  const shape = model?.error(error.code);
  const query = shape?.traits.awsQueryError;
  const status = shape?.traits.httpError ?? error.status;
  const members = shape === undefined ? {} : errorMembers(shape, error);
  return {
    code: error.code,
    message: error.message,
    status,
    shape,
    members,
    namesMessage: Object.keys(members).some(isMessage),
    queryCode: query?.[0] ?? error.code,
    queryStatus: query?.[1] ?? status,
    fault: status >= 500 ? "Receiver" : "Sender",
  };
}

/** The message goes into whatever the shape calls it: `message`, `Message` or `errorMessage`. */
function errorMembers(shape: StructureShape, error: ServiceError): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (isMessage(member.name)) members[member.name] = error.message;
    if (Object.hasOwn(error.members, member.name)) members[member.name] = error.members[member.name];
  }
  return members;
}

/** AWS spells it `message` or `Message`, by service and by shape. */
export function isMessage(name: string): boolean {
  return name.toLowerCase() === "message";
}
