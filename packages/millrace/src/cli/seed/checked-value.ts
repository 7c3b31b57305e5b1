import { nearestName } from "../../server/configuration/nearest-name.ts";
import { usageError } from "../command-error.ts";

/** A value of a JSON file, with the way to it, so that what is wrong can be named. */
export class CheckedValue {
  readonly value: unknown;
  /** `streams.clicks.shards` */
  readonly path: string;
  readonly #file: string;

  constructor(value: unknown, file: string, path = "") {
    this.value = value;
    this.path = path;
    this.#file = file;
  }

  /** @throws CommandError that names the file and the key */
  wrong(expected: string): never {
    const found = JSON.stringify(this.value) ?? "nothing";
    const shown = found.length > 60 ? `${found.slice(0, 59)}…` : found;
    throw usageError(`${this.#file}: ${this.path || "the file"} must be ${expected}, not ${shown}.`);
  }

  /** The members of an object, none of which may be other than these. */
  members<K extends string>(known: readonly K[]): Readonly<Partial<Record<K, CheckedValue>>> {
    const found: Partial<Record<K, CheckedValue>> = {};
    for (const [name, member] of this.entries()) {
      const key = known.find((each) => each === name);
      if (key === undefined) {
        const near = nearestName(name, known);
        const advice = near === undefined ? `There is ${known.join(", ")}.` : `Did you mean ${near}?`;
        throw usageError(`${this.#file}: ${member.path} is unknown. ${advice}`);
      }
      found[key] = member;
    }
    return found;
  }

  entries(): readonly (readonly [name: string, value: CheckedValue])[] {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.wrong("an object");
    return Object.entries(value as object).map(([name, member]) => [name, this.#at(`.${name}`, member)]);
  }

  items(): readonly CheckedValue[] {
    if (!Array.isArray(this.value)) this.wrong("a list");
    return (this.value as readonly unknown[]).map((item, index) => this.#at(`[${index}]`, item));
  }

  text(): string {
    if (typeof this.value !== "string" || this.value === "") this.wrong("a text that is not empty");
    return this.value as string;
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.wrong(`one of ${choices.join(", ")}`);
  }

  wholeNumber(min: number, max: number): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
      this.wrong(`a whole number from ${min} to ${max}`);
    return value as number;
  }

  #at(step: string, value: unknown): CheckedValue {
    return new CheckedValue(value, this.#file, `${this.path}${step}`.replace(/^\./, ""));
  }
}
