// The revoke action's story: end the leases that an earlier step listed in its lease-ids output, before the job is over.
import type { Backend, Connect } from '#client/client.js';
import { AppError, asAppError } from '#core/errors.js';
import { endLeases, summary } from './end.ts';
import type { HandedLease } from './handoff.ts';
import type { SessionTools } from './identity.ts';
import { readRevokeInputs, strict } from './inputs/inputs.ts';
import { openNetwork } from './network.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';

export type RevokeGivenTools = SessionTools & {
  readonly runner: Runner;
  readonly connect: Connect;
  readonly stop: AbortSignal;
};

const SIGN_IN_MS = 20_000;
const BUDGET_MS = 30_000;
const SIGN_OUT_MS = 5_000;
/** As many as a step can lease, several times over. */
const MAX_LEASES = 500;
const MAX_TEXT = 300;

/** Ends them. Never rejects: what is wrong, or left, is one line, and fails the step unless only a warning was asked for. */
export async function revokeGiven({ stop, ...tools }: RevokeGivenTools): Promise<void> {
  const { runner, connect } = tools;
  let complain = (text: string) => runner.fail(text);
  try {
    const { backend, leases } = readLeaseIds(runner.input('lease-ids'));
    const inputs = await readRevokeInputs(runner, backend, strict);
    const { credential, apiUrl, network: networkInputs, onRevokeFailure } = inputs;
    if (!credential || !apiUrl || !networkInputs) throw unusable('The inputs of this step cannot be used.');
    if (onRevokeFailure === 'warn') complain = (text) => runner.warning(text);
    const network = await openNetwork(runner, networkInputs);
    const terms = { backend, apiUrl, network, signal: stop };
    const session = await openSession(tools, { ...terms, credential, budgetMs: SIGN_IN_MS });
    const client = connect({ ...terms, token: session.token, budgetMs: BUDGET_MS });
    const asked = leases.map(({ dynamic }) => dynamic);
    const ended = await endLeases(client, { revokeKey: undefined, asked, leases, until: 0 });
    const unended = await session.end(SIGN_OUT_MS);
    if (unended) runner.warning(unended);
    if (ended.left === 0) runner.info(summary(ended));
    else complain(`${summary(ended)}. ${ended.reasons.join(' ')}`);
  } catch (error) {
    complain(asAppError(error).line);
  }
}

/** The `lease-ids` output of the main action; when its leases end it does not say. */
export function readLeaseIds(text: string): { backend: Backend; leases: HandedLease[] } {
  const list = parse(text);
  if (!Array.isArray(list) || list.length > MAX_LEASES || !list.every(isLeaseId)) {
    throw unusable(
      'lease-ids is not the lease-ids output of this action: write it like ${{ steps.ID.outputs.lease-ids }}.',
    );
  }
  const [backend = 'doppler', ...others] = new Set(list.map((one) => one.backend));
  if (others.length > 0) throw unusable('lease-ids names leases of two backends: give those of one step.');
  const leases = list.map(({ project, config, dynamic, id }) => ({ project, config, dynamic, id, expiresAt: 0 }));
  return { backend, leases };
}

type LeaseId = { backend: Backend } & Record<'project' | 'config' | 'dynamic' | 'id', string>;

function isLeaseId(value: unknown): value is LeaseId {
  if (typeof value !== 'object' || value === null) return false;
  const { backend, project, config, dynamic, id } = value as Partial<LeaseId>;
  return (
    (backend === 'doppler' || backend === 'phase') &&
    [project, config, dynamic, id].every((one) => typeof one === 'string' && one !== '' && one.length <= MAX_TEXT)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(text: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', text);
}
