import { ServiceError } from "../../core/errors.ts";

/** What S3 answers to forms that it does not take: AWS's code, status and wording. */
export const malformedForm = (): ServiceError =>
  new ServiceError(
    "MalformedPOSTRequest",
    "The body of your POST request is not well-formed multipart/form-data.",
  );

export const fieldsTooLarge = (): ServiceError =>
  new ServiceError(
    "MaxPostPreDataLengthExceededError",
    "Your POST request fields preceding the upload file were too large.",
  );

export const missingFile = (): ServiceError =>
  new ServiceError("InvalidArgument", "POST requires exactly one file upload per request.", {
    members: { ArgumentName: "file", ArgumentValue: "0" },
  });

export const missingField = (name: string): ServiceError =>
  new ServiceError(
    "InvalidArgument",
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    { members: { ArgumentName: name, ArgumentValue: "" } },
  );

export const invalidPolicy = (problem: string): ServiceError =>
  new ServiceError("InvalidPolicyDocument", `Invalid Policy: ${problem}`);

export const againstPolicy = (problem: string): ServiceError =>
  new ServiceError("AccessDenied", `Invalid according to Policy: ${problem}`, { status: 403 });

export const fileTooLarge = (bytes: number, maxBytes: number): ServiceError =>
  new ServiceError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    members: { ProposedSize: bytes, MaxSizeAllowed: maxBytes },
  });

export const fileTooSmall = (bytes: number, minBytes: number): ServiceError =>
  new ServiceError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    members: { ProposedSize: bytes, MinSizeAllowed: minBytes },
  });
