import { SqlError } from "../../../sql/sql-error.ts";
import { bindingSettings, settingDefinitions } from "./setting-table.ts";
import { checkedValue, definitionOf } from "./setting-values.ts";

type Values = ReadonlyMap<string, string>;

/**
 * A session's settings: what the cluster, the user and the start-up message gave, and what SET changed. SET in a
 * transaction that is rolled back never was; SET LOCAL lasts until the transaction's end.
 */
export class Settings {
  /** What RESET goes back to. */
  #defaults: Values;
  #session: Values = new Map();
  #local: Values = new Map();
  /** The session's values when the transaction began. */
  #before: Values | undefined;
  #bindingKey: string | undefined;

  constructor(defaults: Values) {
    this.#defaults = defaults;
  }

  /** @throws SqlError 42704 */
  show(name: string): string {
    const definition = definitionOf(name);
    const value = this.#value(name);
    if (value === undefined && name.includes("."))
      throw new SqlError("42704", `unrecognized configuration parameter "${name}"`);
    return value ?? definition.default;
  }

  /** As `show`, without refusal. */
  get(name: string): string | undefined {
    return this.#value(name) ?? settingDefinitions.get(name)?.default;
  }

  defaultOf(name: string): string {
    return this.#defaults.get(name) ?? settingDefinitions.get(name)?.default ?? "";
  }

  isOn(name: string): boolean {
    return this.get(name) === "on";
  }

  number(name: string): number {
    return Number(this.get(name));
  }

  names(): readonly string[] {
    return [...settingDefinitions.keys()];
  }

  /** The value that it has now. @throws SqlError 42704, 22023, 55P02 */
  set(name: string, values: readonly string[] | undefined, local: boolean): string {
    const { restriction } = definitionOf(name);
    if (restriction === "fixed") throw new SqlError("55P02", `parameter "${name}" cannot be changed`);
    if (restriction === "start")
      throw new SqlError("55P02", `parameter "${name}" cannot be changed after server start`);
    const value = values === undefined ? this.defaultOf(name) : checkedValue(name, values);
    this.#put(name, value, local);
    return value;
  }

  /** Of those that SET may not change: is_superuser, session_authorization. */
  tell(name: string, value: string): void {
    this.#defaults = new Map([...this.#defaults, [name, value]]);
    this.#bindingKey = undefined;
  }

  resetAll(): void {
    this.#session = new Map();
    this.#local = new Map();
    this.#bindingKey = undefined;
  }

  begin(): void {
    this.#before ??= this.#session;
  }

  end(committed: boolean): void {
    if (!committed && this.#before !== undefined) this.#session = this.#before;
    if (this.#local.size > 0 || !committed) {
      this.#local = new Map();
      this.#bindingKey = undefined;
    }
    this.#before = undefined;
  }

  /** The same text as long as statements mean the same. */
  bindingKey(): string {
    this.#bindingKey ??= bindingSettings.map((name) => this.get(name)).join("\0");
    return this.#bindingKey;
  }

  #value(name: string): string | undefined {
    return this.#local.get(name) ?? this.#session.get(name) ?? this.#defaults.get(name);
  }

  #put(name: string, value: string, local: boolean): void {
    if (local) this.#local = new Map([...this.#local, [name, value]]);
    else {
      this.#session = new Map([...this.#session, [name, value]]);
      if (this.#local.has(name)) this.#local = new Map([...this.#local].filter(([other]) => other !== name));
    }
    this.#bindingKey = undefined;
  }
}
