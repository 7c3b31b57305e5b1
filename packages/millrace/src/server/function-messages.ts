/** What a function's thread is started with. */
export interface FunctionStart {
  readonly path: string;
}

/** One invocation; a thread has one at a time. */
export interface FunctionCall {
  readonly functionArn: string;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly limitMs: number;
}

export type FunctionAnswer = { readonly payload: Uint8Array } | { readonly error: string };
