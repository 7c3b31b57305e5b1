export { type AwsConfig, type AwsConfigOptions, awsConfigOf, environmentOf } from "./aws-config.ts";
export {
  createMillrace,
  type Millrace,
  type MillraceClock,
  type MillraceWithClock,
} from "./create-millrace.ts";
export type { MillraceOptions } from "./options.ts";
export { WaitError, type WaitOptions, type WaitTarget } from "./wait-target.ts";
