import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { botocoreVersion, type FactsService } from "./services.ts";

/** The part of botocore's service description that we read. */
export interface BotocoreModel {
  readonly operations: Readonly<Record<string, BotocoreOperation>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

export interface BotocoreOperation {
  readonly input?: BotocoreRef;
  readonly output?: BotocoreRef;
  readonly errors?: readonly BotocoreRef[];
}

export interface BotocoreRef {
  readonly shape: string;
}

export interface BotocoreShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, BotocoreRef>>;
  readonly member?: BotocoreRef;
  readonly key?: BotocoreRef;
  readonly value?: BotocoreRef;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The pinned botocore release, downloaded from PyPI into a directory that `dispose` removes. */
export class BotocoreRelease {
  readonly #dir: string;

  constructor() {
    this.#dir = mkdtempSync(join(tmpdir(), "millrace-facts-"));
    const requirement = `botocore==${botocoreVersion}`;
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", this.#dir, requirement];
    execFileSync("python3", pip, { stdio: "inherit" });
    const wheel = readdirSync(this.#dir).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new Error(`pip did not download ${requirement}`);
    execFileSync("python3", ["-m", "zipfile", "-e", join(this.#dir, wheel), this.#dir]);
  }

  model(service: FactsService): BotocoreModel {
    const path = join(this.#dir, "botocore/data", service.botocore, "service-2.json");
    const text = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
    return JSON.parse(text.toString()) as BotocoreModel;
  }

  dispose(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
