// A strict model of IAM and STS on loopback: what AWS documents, where public simulators are lax (leases.md C8).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Account, type Group, newId, OTHER_ACCOUNT_ID, type Role, type User } from './account.ts';
import { AwsFault } from './fault.ts';
import { type Call, IAM_CALLS } from './iam.ts';
import { readPolicy } from './policy.ts';
import { authenticate, authorize, isAllowed, type Principal, sessionPrincipal, userPrincipal } from './principal.ts';
import { readSignature } from './signature.ts';
import { STS_CALLS } from './sts.ts';
import { errorXml, readForm, resultXml, type Xml } from './wire.ts';

/** What goes wrong with some calls. `lost`: the connection breaks before or after the effect. */
export type Trouble = {
  /** Like `iam:CreateUser`; all when absent. */
  call?: string;
  /** The nth such call from 1; every one when absent. */
  nth?: number;
  what:
    | 'throttle'
    | 'deny'
    | 'fail'
    | 'conflict'
    | 'malformed'
    | { lost: 'before' | 'after' }
    | { hold: Promise<unknown> };
};

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

export type AwsModel = AwsHands & {
  url: string;
  port: number;
  account: Account;
  /** Another account behind the same endpoint: the key of a request says which one it is for. */
  elsewhere: AwsHands & { account: Account };
  /** Names of the calls that arrived, in order. */
  calls: string[];
  /** Later trouble does not replace earlier trouble. */
  trouble(...troubles: Trouble[]): void;
  noTrouble(): void;
  close(): Promise<void>;
};

/** What a test does to an account without asking AWS. */
export type AwsHands = {
  /** A user with an access key and these rights. */
  addUser(name: string, policy?: object): Credentials;
  addRole(name: string, options: { trust: object; policy?: object; maxSessionSec?: number }): Role;
  addGroup(name: string, policy: object): Group;
  /** Answers with its ARN. */
  addPolicy(name: string, policy: object): string;
  /** What these credentials may do now: `unknown` when AWS does not take them at all. */
  may(credentials: Credentials, action: string, resource?: string): 'yes' | 'no' | 'unknown';
};

const NAMESPACES = {
  iam: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  sts: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
} as const;

export async function startAwsModel({ now = Date.now }: { now?: () => number } = {}): Promise<AwsModel> {
  const account = new Account(now);
  const elsewhere = new Account(now, OTHER_ACCOUNT_ID);
  const calls: string[] = [];
  const troubles: (Trouble & { seen: number })[] = [];
  const meet = (call: string): Trouble['what'] | undefined => {
    let met: Trouble['what'] | undefined;
    for (const one of troubles) {
      if (one.call !== undefined && one.call !== call) continue;
      one.seen += 1;
      if (met === undefined && (one.nth === undefined || one.nth === one.seen)) met = one.what;
    }
    return met;
  };
  const server = createServer((incoming, response) => {
    serve({ accounts: [account, elsewhere], calls, meet }, incoming, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the model has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    account,
    elsewhere: { account: elsewhere, ...hands(elsewhere) },
    calls,
    trouble: (...more) => void troubles.push(...more.map((one) => ({ ...one, seen: 0 }))),
    noTrouble: () => void troubles.splice(0),
    ...hands(account),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Room = { accounts: readonly [Account, Account]; calls: string[]; meet(call: string): Trouble['what'] | undefined };

async function serve(room: Room, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const requestId = newId('REQ');
  const answer = (status: number, text: string) => {
    const headers = {
      'content-type': 'text/xml',
      'x-amzn-requestid': requestId,
      date: new Date(room.accounts[0].now()).toUTCString(),
    };
    response.writeHead(status, headers).end(text);
  };
  try {
    const { method = '', url = '', headers } = incoming;
    const claim = readSignature({ method, path: url, headers, body });
    const { action, version, params } = readForm(body);
    const { version: expected, namespace } = NAMESPACES[claim.service];
    if (version !== expected) throw new AwsFault('InvalidAction', 'The version is not known.');
    const name = `${claim.service}:${action}`;
    room.calls.push(name);
    const trouble = room.meet(name);
    if (typeof trouble === 'object' && 'hold' in trouble) await trouble.hold;
    if (typeof trouble === 'object' && 'lost' in trouble && trouble.lost === 'before')
      return void response.socket?.destroy();
    if (typeof trouble === 'string') throw TROUBLES[trouble];
    const token = headers['x-amz-security-token'];
    const account = room.accounts.find((one) => one.knows(claim.accessKeyId)) ?? room.accounts[0];
    const who = authenticate(account, claim, typeof token === 'string' ? token : undefined);
    const result = run(account, who, name, params);
    if (typeof trouble === 'object' && 'lost' in trouble) return void response.socket?.destroy();
    answer(200, resultXml(action, namespace, result, requestId));
  } catch (error) {
    if (error === MALFORMED) return answer(200, '<html><body>hello</body>');
    if (!(error instanceof AwsFault)) throw error;
    answer(error.status, errorXml(error, requestId));
  }
}

const MALFORMED = new AwsFault('', '');
const TROUBLES = {
  throttle: new AwsFault('Throttling', 'Rate exceeded', 400),
  deny: new AwsFault('AccessDenied', 'is not authorized to perform this', 403),
  fail: new AwsFault('ServiceFailure', 'The request processing has failed.', 500),
  conflict: new AwsFault('ConcurrentModification', 'Try again.', 409),
  malformed: MALFORMED,
} as const;

function run(account: Account, who: Principal, name: string, params: Parameters<Call['run']>[1]): Xml {
  const [service = '', action = ''] = name.split(':');
  const federated = who.session?.kind === 'federation';
  // IAM and STS guide: a federated user may call neither, but for asking who it is.
  if (federated && action !== 'GetCallerIdentity') throw new AwsFault('AccessDenied', 'Federated users may not.', 403);
  if (service === 'sts') {
    const call = STS_CALLS[action];
    if (!call) throw new AwsFault('InvalidAction', `Could not find operation ${action}`);
    return call(account, who, params);
  }
  const call = IAM_CALLS[action];
  if (!call) throw new AwsFault('InvalidAction', `Could not find operation ${action}`);
  authorize(account, who, name, call.resource(account, params));
  return call.run(account, params);
}

function hands(account: Account): AwsHands {
  const policyOf = (policy: object | undefined) =>
    new Map(policy === undefined ? [] : [['rights', readPolicy(JSON.stringify(policy))]]);
  return {
    addUser: (name, policy) => {
      IAM_CALLS['CreateUser']?.run(account, { UserName: name });
      const user = account.stored(name) as User;
      user.createdAt = 0;
      user.inline = policyOf(policy);
      const key = { ...account.newKey(), createdAt: 0 };
      user.keys.push(key);
      return { accessKeyId: key.id, secretAccessKey: key.secret };
    },
    addRole: (name, { trust, policy, maxSessionSec = 3600 }) => {
      const role: Role = {
        name,
        id: newId('AROA'),
        arn: `arn:aws:iam::${account.id}:role/${name}`,
        trust: readPolicy(JSON.stringify(trust), 'trust'),
        maxSessionSec,
        inline: policyOf(policy),
        attached: new Set(),
      };
      account.roles.set(name.toLowerCase(), role);
      return role;
    },
    addGroup: (name, policy) => {
      const group = { name, inline: policyOf(policy), attached: new Set<string>() };
      account.groups.set(name, group);
      return group;
    },
    addPolicy: (name, policy) => {
      const arn = `arn:aws:iam::${account.id}:policy/${name}`;
      account.managed.set(arn, readPolicy(JSON.stringify(policy)));
      return arn;
    },
    may: ({ accessKeyId, secretAccessKey, sessionToken }, action, resource = '*') => {
      const session = account.sessions.get(accessKeyId);
      const found = account.findKey(accessKeyId);
      const known = session
        ? session.secret === secretAccessKey && session.token === sessionToken && account.now() < session.expiresAt
        : found?.key.secret === secretAccessKey;
      if (!known) return 'unknown';
      const who = session ? sessionPrincipal(account, session) : found && userPrincipal(found.user);
      return who && isAllowed(account, who, action, resource) ? 'yes' : 'no';
    },
  };
}
