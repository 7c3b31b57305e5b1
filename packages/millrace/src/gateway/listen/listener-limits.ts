/** What one client may take from the front door. Each limit exists so that a hostile client costs little. */
export interface ListenerLimits {
  /** Open TCP connections; further ones are dropped at once. */
  readonly maxConnections: number;
  /** All header lines of a request together; more is answered with 431 (HTTP/2: the stream is reset). */
  readonly maxHeaderBytes: number;
  /** From the connection to the first bytes that tell the protocol, and for a TLS handshake. */
  readonly sniffTimeoutMs: number;
  /** From the first byte of an HTTP/1.1 request to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** Longest silence while a request's body is due. A body that our side does not read is not counted. */
  readonly bodyIdleTimeoutMs: number;
  /** Slowest body, on average, once `bodyIdleTimeoutMs` have passed. */
  readonly minBodyBytesPerSecond: number;
  /** Longest time that a part of an answer waits for a client that does not read. */
  readonly responseStallTimeoutMs: number;
  /** Idle HTTP/1.1 connections and HTTP/2 sessions are closed after this. Clients pool for up to 60 s. */
  readonly keepAliveTimeoutMs: number;
  /** Body bytes read and thrown away after an answer that came before the whole body. */
  readonly maxDiscardedBytes: number;
  /** HTTP/2 streams open at once in one session. */
  readonly maxConcurrentStreams: number;
  /** Flow-control window of one HTTP/2 stream. */
  readonly streamWindowBytes: number;
  /** Flow-control window of one HTTP/2 session. */
  readonly sessionWindowBytes: number;
}

export const defaultListenerLimits: ListenerLimits = Object.freeze({
  maxConnections: 10_000,
  maxHeaderBytes: 64 * 1024,
  sniffTimeoutMs: 10_000,
  headersTimeoutMs: 20_000,
  bodyIdleTimeoutMs: 60_000,
  minBodyBytesPerSecond: 256,
  responseStallTimeoutMs: 300_000,
  keepAliveTimeoutMs: 75_000,
  maxDiscardedBytes: 64 * 1024 * 1024,
  maxConcurrentStreams: 1_024,
  streamWindowBytes: 4 * 1024 * 1024,
  sessionWindowBytes: 16 * 1024 * 1024,
});
