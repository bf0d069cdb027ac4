// Doppler routes of service accounts, their tokens and their identities (contracts/doppler.md 1.7, 2.13).
import {
  accountTokenAnswer,
  identityAnswer,
  newAccountTokenAnswer,
  serviceAccountAnswer,
} from '#contract/doppler/people-answers.js';
import {
  accountParams,
  accountTokenParams,
  identitiesQuery,
  identityChange,
  identityParams,
  newAccountToken,
  newIdentity,
  newServiceAccount,
  serviceAccountChange,
} from '#contract/doppler/people-requests.js';
import { listPage } from '#contract/doppler/requests.js';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { Identities } from '../../people/identities.ts';
import type { ServiceAccounts } from '../../people/service-accounts.ts';
import { json, noContent, secret } from '../answer.ts';
import { type Route, route } from '../route.ts';

const ACCOUNTS = '/workplace/service_accounts';
const ACCOUNT = `${ACCOUNTS}/service_account/:account`;
const TOKEN = `${ACCOUNT}/tokens/token/:token`;
const IDENTITY = `${ACCOUNT}/identities/identity/:identity`;

export function serviceAccountRoutes(accounts: ServiceAccounts): Route[] {
  return [
    route('GET', ACCOUNTS, 'accounts.read', async ({ input }) => {
      const page = input(listPage);
      const found = await accounts.list(page);
      return json({ page: page.page, service_accounts: found.map(serviceAccountAnswer), success: true });
    }),
    route('POST', ACCOUNTS, 'accounts.manage', async ({ caller, input }) => {
      const account = await accounts.create(caller, input(newServiceAccount));
      return json({ service_account: serviceAccountAnswer(account), success: true });
    }),
    route('GET', ACCOUNT, 'accounts.read', async ({ input }) => {
      const account = await accounts.get(input(accountParams).account);
      return json({ service_account: serviceAccountAnswer(account), success: true });
    }),
    route('PATCH', ACCOUNT, 'accounts.manage', async ({ caller, input }) => {
      const { account, change } = input(serviceAccountChange);
      const changed = await accounts.update(caller, account, change);
      return json({ service_account: serviceAccountAnswer(changed), success: true });
    }),
    route('DELETE', ACCOUNT, 'accounts.manage', async ({ caller, input }) => {
      await accounts.remove(caller, input(accountParams).account);
      return noContent();
    }),
  ];
}

export function accountTokenRoutes(tokens: AccountTokens): Route[] {
  return [
    route('GET', `${ACCOUNT}/tokens`, 'account_tokens.read', async ({ input }) => {
      const found = await tokens.list(input(accountParams).account);
      return json({ page: 1, api_tokens: found.map(accountTokenAnswer), success: true });
    }),
    route('POST', `${ACCOUNT}/tokens`, 'account_tokens.manage', async ({ caller, input }) => {
      const { account, wish } = input(newAccountToken);
      return secret(json(newAccountTokenAnswer(await tokens.create(caller, account, wish))));
    }),
    route('GET', TOKEN, 'account_tokens.read', async ({ input }) => {
      const { account, token } = input(accountTokenParams);
      return json({ api_token: accountTokenAnswer(await tokens.get(account, token)), success: true });
    }),
    route('DELETE', TOKEN, 'account_tokens.manage', async ({ caller, input }) => {
      const { account, token } = input(accountTokenParams);
      await tokens.remove(caller, account, token);
      return noContent();
    }),
  ];
}

export function identityRoutes(identities: Identities): Route[] {
  return [
    route('GET', `${ACCOUNT}/identities`, 'identities.read', async ({ input }) => {
      const { account, page } = input(identitiesQuery);
      const found = await identities.list(account, page);
      return json({ page: page.page, identities: found.map(identityAnswer), success: true });
    }),
    route('POST', `${ACCOUNT}/identities`, 'identities.manage', async ({ caller, input }) => {
      const { account, wish } = input(newIdentity);
      return json({ identity: identityAnswer(await identities.create(caller, account, wish)), success: true });
    }),
    route('GET', IDENTITY, 'identities.read', async ({ input }) => {
      const { account, identity } = input(identityParams);
      return json({ identity: identityAnswer(await identities.get(account, identity)), success: true });
    }),
    route('PUT', IDENTITY, 'identities.manage', async ({ caller, input }) => {
      const { account, identity, wish } = input(identityChange);
      const changed = await identities.update(caller, account, identity, wish);
      return json({ identity: identityAnswer(changed), success: true });
    }),
    route('DELETE', IDENTITY, 'identities.manage', async ({ caller, input }) => {
      const { account, identity } = input(identityParams);
      await identities.remove(caller, account, identity);
      return noContent();
    }),
  ];
}
