/** A bucket: its name is unique in a Millrace. */
export interface Bucket {
  readonly name: string;
  /** Owner, 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly versioning: "off" | "enabled" | "suspended";
  /** Object lock can be switched on, never off. */
  readonly objectLock: boolean;
  /** What the service keeps of a bucket (its policy, its rules), by name; the kernel does not look into it. */
  readonly settings: Readonly<Record<string, unknown>>;
}
