// The three kinds of dynamic secrets: logins of PostgreSQL, sessions of AWS STS, users of AWS IAM.
import type { Construct } from 'constructs';
import {
  SecretsDynamicSecretAwsIamUser,
  SecretsDynamicSecretAwsSts,
  SecretsDynamicSecretPostgres,
} from '../../l1/index.ts';
import { definedOf, DynamicSecret, type DynamicSecretOptions, type Terms } from './dynamic-secret.ts';
import { check, finding } from '../words/finding.ts';
import type { IAwsIntegration, IPostgresIntegration } from './integration.ts';
import { Ttl } from '../words/ttl.ts';

/** Left out fields keep their usual names, such as APP_DB_USERNAME. */
export interface PostgresKeyMap {
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly username?: string;
  readonly password?: string;
  readonly url?: string;
}

export interface PostgresDynamicSecretProps extends DynamicSecretOptions {
  readonly integration: IPostgresIntegration;
  /** The roles whose rights a leased login inherits. */
  readonly groupRoles: readonly string[];
  /** The first one is named in the leased values. @default that of the integration */
  readonly databases?: readonly string[];
  /** @default 10 */
  readonly connectionLimit?: number;
  /** What becomes of what a leased login made. @default drop */
  readonly owned?: 'drop' | 'reassign';
  /** @default the usual names */
  readonly keyMap?: PostgresKeyMap;
}

export class PostgresDynamicSecret extends DynamicSecret {
  readonly dynamicSecretId: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsDynamicSecretPostgres;

  constructor(scope: Construct, id: string, props: PostgresDynamicSecretProps) {
    const { groupRoles, databases, connectionLimit, owned, integration, keyMap = {} } = props;
    const terms = { ...props, kind: 'postgres', keyMap: { ...keyMap } } as const;
    super(scope, id, terms);
    this.l1 = new SecretsDynamicSecretPostgres(this, 'Resource', {
      ...common(terms, this.longestTtl),
      ...{ groupRoles, databases, connectionLimit, owned },
    });
    this.dynamicSecretId = this.l1.id;
    checkWithin(this, 'groupRoles', groupRoles, integration.groupRoles);
  }
}

/** Left out fields keep their usual names, such as AWS_ACCESS_KEY_ID. */
export interface AwsKeyMap {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** For sessions. */
  readonly sessionToken?: string;
  readonly region?: string;
}

export interface AwsStsDynamicSecretProps extends DynamicSecretOptions {
  readonly integration: IAwsIntegration;
  /** The role that a session assumes. */
  readonly roleArn: string;
  /** @default none */
  readonly externalId?: string;
  /** A session policy in JSON: it only narrows what the role may. @default none */
  readonly policy?: string;
  /** Managed session policies; they only narrow. @default none */
  readonly policyArns?: readonly string[];
  /** @default none */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /**
   * Denies the session to its role when the lease is revoked before its time: without it a revoked session works until
   * it expires.
   * @default false
   */
  readonly hardRevoke?: boolean;
  /** @default the usual names */
  readonly keyMap?: AwsKeyMap;
}

export class AwsStsDynamicSecret extends DynamicSecret {
  readonly dynamicSecretId: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsDynamicSecretAwsSts;

  constructor(scope: Construct, id: string, props: AwsStsDynamicSecretProps) {
    const { roleArn, externalId, policy, policyArns, sessionTags, hardRevoke, integration } = props;
    const lowered = integration.isChained === true ? Ttl.hours(1) : undefined;
    const terms = { ...props, kind: 'aws_sts', lowered, keyMap: awsKeyMap(props.keyMap) } as const;
    super(scope, id, terms);
    this.l1 = new SecretsDynamicSecretAwsSts(this, 'Resource', {
      ...common(terms, this.longestTtl),
      ...{ roleArn, externalId, policy, policyArns, sessionTags, hardRevoke },
    });
    this.dynamicSecretId = this.l1.id;
    checkWithin(this, 'roleArn', [roleArn], integration.ceiling && (integration.ceiling.roleArns ?? []));
  }
}

export interface AwsIamUserDynamicSecretProps extends DynamicSecretOptions {
  readonly integration: IAwsIntegration;
  /** Managed policies. @default none */
  readonly policyArns?: readonly string[];
  /** @default none */
  readonly groups?: readonly string[];
  /** An inline policy in JSON; the ceiling must then demand a permissions boundary. @default none */
  readonly policy?: string;
  /** @default that of the ceiling */
  readonly permissionsBoundary?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Why a session will not do, for instance because passwords of SES are derived from the key of a user.
   * @default none: the policy `ForbidIamUsers` refuses it
   */
  readonly whyNotSts?: string;
  /** @default the usual names */
  readonly keyMap?: AwsKeyMap;
}

/** The metadata by which an IAM user says why it is one. */
export const WHY_NOT_STS = 'secrets/why-not-sts';

export class AwsIamUserDynamicSecret extends DynamicSecret {
  readonly dynamicSecretId: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsDynamicSecretAwsIamUser;

  constructor(scope: Construct, id: string, props: AwsIamUserDynamicSecretProps) {
    const { policyArns, groups, policy, tags, integration, whyNotSts } = props;
    const terms = { ...props, kind: 'aws_iam_user', keyMap: awsKeyMap(props.keyMap) } as const;
    super(scope, id, terms);
    const permissionsBoundary = props.permissionsBoundary ?? integration.ceiling?.permissionsBoundary;
    this.l1 = new SecretsDynamicSecretAwsIamUser(this, 'Resource', {
      ...common(terms, this.longestTtl),
      ...{ policyArns, groups, policy, permissionsBoundary, tags },
    });
    this.dynamicSecretId = this.l1.id;
    if (whyNotSts !== undefined) this.l1.node.addMetadata(WHY_NOT_STS, whyNotSts);
    if (policyArns)
      checkWithin(this, 'policyArns', policyArns, integration.ceiling && (integration.ceiling.policyArns ?? []));
    if (groups) checkWithin(this, 'groups', groups, integration.ceiling && (integration.ceiling.groups ?? []));
  }
}

function awsKeyMap({ accessKeyId, secretAccessKey, sessionToken, region }: AwsKeyMap = {}) {
  return { access_key_id: accessKeyId, secret_access_key: secretAccessKey, session_token: sessionToken, region };
}

function common({ config, name, integration, keyMap, defaultTtl, maxLiveLeases }: Terms, longestTtl: Ttl) {
  const names = definedOf(keyMap);
  return {
    project: config.project.projectName,
    config: config.configName,
    name,
    integration: integration.integrationName,
    keyMap: Object.keys(names).length === 0 ? undefined : names,
    defaultTtlSec: defaultTtl?.toSeconds(),
    maxTtlSec: longestTtl.toSeconds(),
    maxLiveLeases,
  };
}

/** `allowed` is undefined where the integration is declared elsewhere: the engine then says it. */
function checkWithin(
  at: DynamicSecret,
  what: string,
  wanted: readonly string[],
  allowed: readonly string[] | undefined,
): void {
  check(at, () =>
    wanted
      .filter((one) => allowed !== undefined && !allowed.includes(one))
      .map((one) =>
        finding('secrets/outside-ceiling', at, `${what} has ${one}, which the integration does not offer.`),
      ),
  );
}
