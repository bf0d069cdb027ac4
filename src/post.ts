// The roof of post: ends at once when main left nothing, and otherwise passes process, clock and network to revoke.

// A job that ends is not helped by a post that dies halfway; and SIGUSR1 would open the inspector.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const) process.on(signal, () => {});

// Told once: what fails may be this very write, when nobody reads any more.
process.once('uncaughtException', () => {
  process.stdout.write('::warning::Revoking met an error that it did not expect. Leases end at their ttl.\n');
});
process.on('uncaughtException', () => {});

if (process.env['STATE_handoff'] || process.env['STATE_file']) {
  // Eager: in the same file, but evaluated here.
  const [{ GithubRunner, machineOf }, { revoke }, { connectWith }, { nodeClock }, { nodeSend }] = await Promise.all([
    import(/* webpackMode: 'eager' */ '#action/github-runner.js'),
    import(/* webpackMode: 'eager' */ '#action/revoke.js'),
    import(/* webpackMode: 'eager' */ '#client/connect.js'),
    import(/* webpackMode: 'eager' */ '#client/node-clock.js'),
    import(/* webpackMode: 'eager' */ '#client/node-send.js'),
  ]);
  const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
  await revoke({
    runner: new GithubRunner(machineOf(process)),
    connect: connectWith(wire),
    wire,
    openProcesses: async () => (await import('#action/node-processes.js')).nodeProcesses(process),
  });
}
