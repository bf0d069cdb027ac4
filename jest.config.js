// How the tests run: ESM, TypeScript by swc, sources resolved by the project's own export condition.
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironmentOptions: { customExportConditions: ['secrets-action-source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/lib/', '<rootDir>/dist/'],
  globalSetup: '<rootDir>/test/support/compiled.ts',
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Most suites wait for processes and servers of their own: with two at once, two cores are idle a fifth of the time.
  maxWorkers: 3,
  // Node now and then dies of SIGSEGV in a worker that has loaded many files as modules of a VM: a new one in time.
  workerIdleMemoryLimit: '700MB',
};
