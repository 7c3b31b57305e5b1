import { ServiceError } from "../../core/errors.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import { FailureSink } from "../shape/limit-check.ts";
import type { Validators } from "../shape/validator.ts";
import { malformedXml } from "../shape/xml-tree.ts";

/** Services that do not call it `ValidationException`. */
const violationCodes: Readonly<Record<string, string>> = {
  batch: "ClientException",
  cloudwatch: "ValidationError",
  iam: "ValidationError",
  kafka: "BadRequestException",
  logs: "InvalidParameterException",
  redshift: "ValidationError",
  s3: "InvalidArgument",
  sts: "ValidationError",
};

/** Throws the service's error when a required member is missing or a constraint is not met. */
export function checkInput(
  validators: Validators,
  model: ServiceModel,
  operation: OperationModel,
  input: unknown,
): void {
  if (operation.input === undefined) return;
  const validate = validators.validator(operation.input);
  if (validate(input, undefined, "")) return;
  const sink = new FailureSink();
  validate(input, sink, "");
  // Structures in S3's inputs are XML, and S3 has one word for all that is wrong with it.
  if (model.id === "s3" && sink.isNested) throw malformedXml();
  throw violation(model, sink.failures);
}

function violation(model: ServiceModel, failures: readonly string[]): ServiceError {
  const count = failures.length;
  const message = `${count} validation ${count === 1 ? "error" : "errors"} detected: ${failures.join("; ")}`;
  return new ServiceError(violationCodes[model.id] ?? "ValidationException", message);
}
