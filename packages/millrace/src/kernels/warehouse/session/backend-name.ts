/** The engine's name of functions that have an effect on sessions; the cluster registers it. */
export const backendFunction = "millrace_backend";
