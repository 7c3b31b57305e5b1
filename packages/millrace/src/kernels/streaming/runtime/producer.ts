/** Names a run of a job for ever: sinks keep it beside what they write. @param directory of the job */
export function producerOf(directory: string, run: number): string {
  return `${directory}/${run}`;
}
