// The construct library of secrets-action, as `secrets-action/cdktf` and `secrets-action/cdktn` offer it.
export * from './l1/index.ts';
export * from './l2/index.ts';
