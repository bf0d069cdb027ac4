// A lease engine over the model of AWS, with one user and one role to lease, and the question what is usable there.
import { FakeClock } from '../leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query, token } from '../leasing/engine.ts';
import type { Trouble } from './model.ts';
import { type AwsShop, credentialsOf, localIntegration, startAwsShop } from './shop.ts';

export type Leasable = 'USER' | 'ROLE';
export type Issued = { id: string; values: ReadonlyMap<string, { reveal(): string }> };

const MINUTE = 60_000;
const OBJECT = 'arn:aws:s3:::shop/x';

/** Everything that may go wrong with a call. */
export const TROUBLES: readonly Trouble['what'][] = [
  { lost: 'after' },
  { lost: 'before' },
  'throttle',
  'deny',
  'fail',
  'conflict',
  'malformed',
];

export class AwsWorld {
  readonly clock: FakeClock;
  readonly shop: AwsShop;
  readonly engine: Engine;
  readonly issued: Issued[] = [];
  readonly #ids: Readonly<Record<Leasable, string>>;

  private constructor(clock: FakeClock, shop: AwsShop, engine: Engine, ids: Record<Leasable, string>) {
    this.clock = clock;
    this.shop = shop;
    this.engine = engine;
    this.#ids = ids;
  }

  /** Pauses between tries pass on the clock that engine and AWS share. */
  static async start(): Promise<AwsWorld> {
    const clock = new FakeClock();
    const shop = await startAwsShop({ now: () => clock.now() });
    const slept = (ms: number) => clock.advance(ms);
    const engine = await openEngine({ clock, integrations: (now) => [localIntegration({ now, slept })] });
    const ceiling = { role_arns: [shop.roleArn], policy_arns: [shop.readArn] };
    const integration = { name: 'aws', type: 'aws', data: shop.data, allowed: ['shop'], ceiling };
    await engine.definitions.createIntegration(integration, BY);
    const declare = async (name: Leasable, kind: string, parameters: object) => {
      const asked = { ...PLACE, name, kind, integration: 'aws', parameters, maxTtlSec: 7200, defaultTtlSec: 7200 };
      return (await engine.definitions.createDynamicSecret(asked, BY)).slug;
    };
    const USER = await declare('USER', 'aws_iam_user', { policy_arns: [shop.readArn] });
    const ROLE = await declare('ROLE', 'aws_sts', { role_arn: shop.roleArn, hard_revoke: true });
    return new AwsWorld(clock, shop, engine, { USER, ROLE });
  }

  async issue(what: Leasable): Promise<void> {
    this.issued.push(await this.engine.leases.issue({ dynamicSecretId: this.#ids[what], actor: token() }));
  }

  /** Of the leases that were issued, counted round. */
  async revoke(which: number): Promise<void> {
    const lease = this.issued.at(which % Math.max(this.issued.length, 1));
    if (lease) await this.engine.leases.revoke({ id: lease.id, actor: token() });
  }

  async renew(which: number): Promise<void> {
    const lease = this.issued.at(which % Math.max(this.issued.length, 1));
    if (lease) await this.engine.leases.renew({ id: lease.id, ttlSec: 3600, actor: token() });
  }

  /** AWS is well again, and every retry has its turn, however long it would have waited. */
  async heal(): Promise<void> {
    this.shop.model.noTrouble();
    this.shop.model.account.lagMs = 0;
    for (let round = 0; round < 20 && (await this.#hasOpen()); round += 1) this.clock.advance(2 * MINUTE);
  }

  /** External references of what AWS lets anybody use, sorted. */
  external(): string[] {
    const { account } = this.shop.model;
    const users = [...account.users.values()].map(({ name }) => name).filter((name) => name.startsWith('lease-'));
    const sessions = [...account.sessions.values()].filter(
      ({ keyId: accessKeyId, secret: secretAccessKey, token: sessionToken }) =>
        this.shop.model.may({ accessKeyId, secretAccessKey, sessionToken }, 's3:GetObject', OBJECT) === 'yes',
    );
    return [...users, ...sessions.map(({ name }) => name)].sort();
  }

  /** External references of the leases that are not over, sorted. */
  live(): string[] {
    const rows = query(this.engine.folder, 'select external_ref as name from leases where closed_at is null');
    return rows.map(({ name }) => String(name)).sort();
  }

  /** Whether the values of a lease open anything. */
  works({ values }: Issued): boolean {
    const fields = new Map([...values].map(([name, value]) => [name.replace('AWS_', '').toLowerCase(), value]));
    return this.shop.model.may(credentialsOf(fields), 's3:GetObject', OBJECT) === 'yes';
  }

  isActive({ id }: Issued): boolean {
    return query(this.engine.folder, `select id from leases where id = '${id}' and state = 'active'`).length === 1;
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.shop.close();
  }

  async #hasOpen(): Promise<boolean> {
    query(this.engine.folder, `update leases set next_action_at = 1 where closed_at is null and state <> 'active'`);
    await this.engine.leases.settle();
    return query(this.engine.folder, `select 1 from leases where closed_at is null and state <> 'active'`).length > 0;
  }
}
