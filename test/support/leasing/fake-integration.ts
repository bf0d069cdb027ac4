// An integration whose target is a set in memory: slow, failing or away as a test says, and never forgetful.
import { AppError } from '#core/errors.js';
import { sensitive } from '#core/sensitive.js';
import type { Integration } from '#engine/integrations/integration.js';

const FIELDS = ['host', 'port', 'database', 'username', 'password', 'url'];
const fine = (value: unknown) => ({ value: (value ?? {}) as Record<string, unknown>, problems: [] });

export class FakeTarget {
  /** The credentials that exist. */
  readonly credentials = new Set<string>();
  /** Every name for which a credential was ever made. */
  readonly made: string[] = [];
  /** Thrown by the next calls of that name; `after` the effect or before it. */
  failure: { call: 'create' | 'revoke' | 'extend' | 'list'; error: AppError; after?: boolean } | undefined;
  /** While set, creates wait for it before they have their effect. */
  gate: Promise<void> | undefined;

  integration(): Integration {
    return {
      type: 'postgres',
      kinds: ['postgres'],
      checkData: fine,
      checkCeiling: fine,
      checkParameters: (_kind, value) => fine(value),
      aboveCeiling: () => [],
      plan: ({ leaseId }) => ({ externalRef: leaseId, plan: { name: leaseId } }),
      create: async ({ plan }) => {
        await this.gate;
        const name = String(plan['name']);
        this.#failing('create', false);
        this.credentials.add(name);
        this.made.push(name);
        this.#failing('create', true);
        return new Map(FIELDS.map((field) => [field, sensitive(`${field}-${name}`)]));
      },
      revoke: async ({ plan }) => {
        await Promise.resolve();
        this.#failing('revoke', false);
        const was = this.credentials.delete(String(plan['name']));
        this.#failing('revoke', true);
        return was ? 'done' : 'not_found';
      },
      list: async () => {
        this.#failing('list', false);
        return [...this.credentials].map((externalRef) => ({ externalRef }));
      },
      extend: async () => {
        await Promise.resolve();
        this.#failing('extend', false);
      },
    };
  }

  #failing(call: 'create' | 'revoke' | 'extend' | 'list', after: boolean): void {
    if (this.failure?.call === call && (this.failure.after ?? false) === after) throw this.failure.error;
  }
}

export const AWAY = new AppError('ERR_UNAVAILABLE', 'The target cannot be reached.');
export const REFUSES = new AppError('ERR_INTEGRATION_FAILED', 'The target refuses.');
