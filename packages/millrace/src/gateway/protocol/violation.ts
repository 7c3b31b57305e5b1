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
  const own = model.id === "s3" ? s3Violation(sink.failures) : undefined;
  if (own !== undefined) throw own;
  // Structures in S3's inputs are XML, and S3 has one word for all that is wrong with it.
  if (model.id === "s3" && sink.isNested) throw malformedXml();
  throw violation(model, sink.failures);
}

/** Members whose wrong values have an error of their own in S3, by the path of the member. */
const s3Errors: Readonly<Record<string, readonly [code: string, message: string]>> = {
  checksumAlgorithm: [
    "InvalidRequest",
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: " +
      "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
  ],
  checksumType: ["InvalidRequest", "Value for x-amz-checksum-type header is invalid."],
  "createBucketConfiguration.locationConstraint": [
    "InvalidLocationConstraint",
    "The specified location-constraint is not valid",
  ],
  encodingType: ["InvalidArgument", "Invalid Encoding Method specified in Request"],
  metadataDirective: ["InvalidArgument", "Unknown metadata directive."],
  objectLockLegalHoldStatus: ["InvalidArgument", "Legal Hold must be either of 'ON' or 'OFF'"],
  objectLockMode: ["InvalidArgument", "Unknown wormMode directive."],
  serverSideEncryption: ["InvalidArgument", "The encryption method specified is not supported"],
  storageClass: ["InvalidStorageClass", "The storage class you specified is not valid"],
  taggingDirective: ["InvalidArgument", "Unknown tagging directive."],
};

function s3Violation(failures: readonly string[]): ServiceError | undefined {
  const [first] = failures;
  const path = first === undefined ? undefined : /^Value '.*' at '([^']+)' failed to/s.exec(first)?.[1];
  const known = path !== undefined && Object.hasOwn(s3Errors, path) ? s3Errors[path] : undefined;
  return known === undefined ? undefined : new ServiceError(...known);
}

function violation(model: ServiceModel, failures: readonly string[]): ServiceError {
  const count = failures.length;
  const message = `${count} validation ${count === 1 ? "error" : "errors"} detected: ${failures.join("; ")}`;
  return new ServiceError(violationCodes[model.id] ?? "ValidationException", message);
}
