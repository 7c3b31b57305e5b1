/** A token of the form that AWS answers; it is ignored when it comes back, as on AWS. */
export function sequenceToken(timeMs: number): string {
  return `49${String(timeMs).padStart(54, "0")}`;
}
