import { assert } from "../core/assert.ts";
import type { OwnAddress } from "./service-context.ts";

/** This Millrace as it reaches itself: it listens on loopback, on one address of the machine, or on all of them. */
export class BoundAddress implements OwnAddress {
  readonly #host: string;
  #port: number | undefined;
  #sqlPort: number | undefined;

  constructor(host: string) {
    this.#host = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  }

  bound(port: number): void {
    this.#port = port;
  }

  sqlBound(port: number): void {
    this.#sqlPort = port;
  }

  /** Where Millrace listens, or will if it gets the port that was asked for. */
  known(askedPort: number): string | undefined {
    const port = this.#port ?? askedPort;
    return port === 0 ? undefined : this.#url(port);
  }

  url(): string {
    assert(this.#port !== undefined, "Millrace listens before anybody asks where");
    return this.#url(this.#port);
  }

  #url(port: number): string {
    return `http://${this.#host.includes(":") ? `[${this.#host}]` : this.#host}:${port}`;
  }

  sql(): { readonly host: string; readonly port: number } | undefined {
    return this.#sqlPort === undefined ? undefined : { host: this.#host, port: this.#sqlPort };
  }
}
