/** The consumers are too far behind: nothing of the append was kept, it may succeed later. */
export class BacklogFullError extends Error {
  override readonly name = "BacklogFullError";
}

/** The pipeline was closed or deleted. */
export class PipelineClosedError extends Error {
  override readonly name = "PipelineClosedError";
}
