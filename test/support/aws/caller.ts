// Callers of the model with the real SDK, and what came of a call in one word.
import { sensitive } from '#core/sensitive.js';
import type { AwsError, AwsSession } from '#engine/integrations/aws/calls.js';
import type { Endpoints } from '#engine/integrations/aws/connection.js';
import type { AwsModel, Credentials } from './model.ts';
import { localAws, policy } from './shop.ts';

export const ADMIN = policy({ Effect: 'Allow', Action: '*', Resource: '*' });

export type Callers = {
  /** Its clock is the account's, or stands `aside` of it. */
  as(credentials: Credentials, aside?: number): Promise<AwsSession>;
  /** `done`, or the code of the refusal. */
  whoAmI(credentials: Credentials, aside?: number): Promise<string>;
  end(): void;
};

/** Where an account is reached, and its time. */
export type Account = { endpoints: Endpoints; now(): number };

export function callersOf(model: AwsModel): Callers {
  return callersAt({ endpoints: { sts: model.url, iam: model.url }, now: () => model.account.now() });
}

export function callersAt({ endpoints, now }: Account): Callers {
  const open: AwsSession[] = [];
  const as: Callers['as'] = async ({ accessKeyId, secretAccessKey, sessionToken }, aside = 0) => {
    const connection = {
      region: 'eu-central-1',
      endpoints,
      accessKeyId,
      secretAccessKey: sensitive(secretAccessKey),
      sessionToken: sessionToken === undefined ? undefined : sensitive(sessionToken),
      role: undefined,
    };
    const { signal } = new AbortController();
    const session = await localAws(() => now() + aside).open({ connection, signal });
    open.push(session);
    return session;
  };
  return {
    as,
    whoAmI: async (credentials, aside) => refusal((await as(credentials, aside)).call('sts:GetCallerIdentity', {})),
    end: () => {
      for (const session of open.splice(0)) session.end();
    },
  };
}

/** `done`, or the code that AWS refused with. */
export function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: AwsError) => error.code.replace(/Exception$/, ''),
  );
}

type Given = {
  AccessKeyId?: string | undefined;
  SecretAccessKey?: string | undefined;
  SessionToken?: string | undefined;
};

/** The credentials of an answer. */
export function given({ Credentials }: { Credentials?: Given | undefined }): Credentials {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
