// The AWS port over the AWS SDK, which is loaded when the first call needs it and reads nothing of the machine.
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Egress } from '../../egress.ts';
import { type Aws, AwsError, type AwsSession, type CallName, type Opening } from './calls.ts';
import { type AwsConnection, ENGINE_SESSION, signingRegion } from './connection.ts';
import { LineError, PinnedHandler } from './pinned-handler.ts';

type Service = 'sts' | 'iam';
type Identity = { accessKeyId: string; secretAccessKey: Sensitive; sessionToken?: Sensitive | undefined };
type Command = new (input: unknown) => never;
type Module = Readonly<Record<string, unknown>>;
type Client = { send(command: never): Promise<unknown> };

/** By service, so that an engine that leases sessions only never loads IAM. */
const LOADERS: Readonly<Record<Service, () => Promise<Module>>> = {
  sts: () => import('@aws-sdk/client-sts'),
  iam: () => import('@aws-sdk/client-iam'),
};

/** The shortest session that STS gives; the integration's own role is assumed for one operation only. */
const OWN_SESSION_SEC = 900;

/** @param now the engine's clock, which requests are signed with and deadlines are given in */
export function createAwsSdk({ egress, now }: { egress: Egress; now: () => number }): Aws {
  return {
    open: async (opening) => {
      const { connection, signal, deadlineAt } = opening;
      const gate = () => {
        if (deadlineAt !== undefined && now() >= deadlineAt) throw tooLate();
      };
      const handler = new PinnedHandler({ egress, signal, gate });
      const direct = session(connection, connection, handler, now);
      if (!connection.role) return direct;
      try {
        return session(connection, await assume(direct, connection.role), handler, now);
      } catch (error) {
        direct.end();
        throw error;
      }
    },
  };
}

function tooLate(): AppError {
  return new AppError('ERR_UNAVAILABLE', 'AWS was too slow to make the credential.', { hint: 'Try again.' });
}

async function assume(direct: AwsSession, role: NonNullable<Opening['connection']['role']>): Promise<Identity> {
  const { Credentials } = await direct.call('sts:AssumeRole', {
    RoleArn: role.arn,
    RoleSessionName: ENGINE_SESSION,
    DurationSeconds: OWN_SESSION_SEC,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
  });
  return identityOf(Credentials);
}

/** The credentials of an answer, boxed. @throws AppError ERR_CONTRACT when a part is missing */
export function identityOf(
  given:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined,
): Identity & { sessionToken: Sensitive } {
  const { AccessKeyId, SecretAccessKey, SessionToken } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new AppError('ERR_CONTRACT', 'AWS gave a session without all of its credentials.');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: new Sensitive(SecretAccessKey),
    sessionToken: new Sensitive(SessionToken),
  };
}

function session(connection: AwsConnection, identity: Identity, handler: PinnedHandler, now: () => number): AwsSession {
  const clients = new Map<Service, Promise<{ module: Module; client: Client }>>();
  const open = async (service: Service) => {
    const module = await LOADERS[service]();
    const Client = module[service === 'sts' ? 'STSClient' : 'IAMClient'] as new (config: object) => Client;
    return { module, client: new Client(configOf(connection, identity, { service, handler, now })) };
  };
  const clientOf = (service: Service) => {
    const opened = clients.get(service) ?? open(service);
    clients.set(service, opened);
    return opened;
  };
  const call = async (name: CallName, input: unknown): Promise<unknown> => {
    const [service, verb] = name.split(':') as [Service, string];
    const { module, client } = await clientOf(service);
    const Command = module[`${verb}Command`] as Command;
    try {
      return await client.send(new Command(input));
    } catch (error) {
      throw sdkError(name, error);
    }
  };
  return { call: call as AwsSession['call'], end: () => handler.destroy() };
}

/**
 * Everything that the SDK would otherwise look up in the environment, in ~/.aws or at the metadata service is stated.
 * One attempt: what may be repeated is decided in persistent.ts.
 */
function configOf(
  { region, endpoints }: AwsConnection,
  { accessKeyId, secretAccessKey, sessionToken }: Identity,
  { service, handler, now }: { service: Service; handler: PinnedHandler; now: () => number },
): object {
  return {
    region: signingRegion(service, region),
    endpoint: endpoints[service],
    credentials: {
      accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
    },
    systemClockOffset: now() - Date.now(),
    requestHandler: handler,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'secrets-action',
    logger: undefined,
  };
}

function sdkError(call: CallName, error: unknown): Error {
  // The address was refused, or it is too late: this call was not sent, while earlier ones may have been.
  if (error instanceof AppError) return new AwsError(error.message, { call, sent: false, cause: error });
  if (error instanceof LineError) return new AwsError(error.message, { call, sent: error.sent, cause: error });
  const {
    name = '',
    message = '',
    Code,
    $metadata,
  } = (error ?? {}) as {
    name?: string;
    message?: string;
    Code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return new AwsError(message, { call, code: status === 0 ? '' : (Code ?? name), status, sent: true, cause: error });
}
