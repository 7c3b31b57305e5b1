/** A FLOAT: told apart from an integer because 3.0 / 2 is not what 3 / 2 is. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return String(this.value);
  }
}
