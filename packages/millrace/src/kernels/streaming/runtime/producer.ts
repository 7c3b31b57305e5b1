/** Names a run of a job for ever: sinks keep it beside what they write. */
export function producerOf(directory: string, run: number): string {
  return `${directory}/${run}`;
}
