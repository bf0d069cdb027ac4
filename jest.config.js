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
  // Most suites wait for processes and servers of their own: two at once keep two cores busy.
  maxWorkers: 2,
  // Node now and then dies of SIGSEGV in a worker that has loaded many files as modules of a VM: a new one in time.
  workerIdleMemoryLimit: '700MB',
};
