// A `setupFiles` of Vitest: empties the run's Millrace before each test file. Files that run at the same time
// would empty it under each other: it goes with `fileParallelism: false`.
const { MILLRACE_URL: url } = process.env;
if (url === undefined) throw new Error('millrace/vitest/reset needs globalSetup: "millrace/vitest".');
const answer = await fetch(`${url}/_millrace/reset`, { method: "POST" });
if (!answer.ok) throw new Error(`Millrace was not emptied: ${await answer.text()}`);
