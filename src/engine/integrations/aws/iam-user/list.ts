// The leased IAM users of one engine that AWS has, by the path that they are made under.
import type { Listed } from '../../integration.ts';
import type { AwsSession } from '../calls.ts';
import { pages } from '../pages.ts';
import { userPath } from '../plans.ts';

export async function listUsers(session: AwsSession, engineId: string): Promise<Listed[]> {
  const users = await pages(async (marker) => {
    const page = await session.call('iam:ListUsers', { PathPrefix: userPath(engineId), ...marker });
    return { ...page, items: page.Users };
  });
  return users.map(({ UserName = '' }) => ({ externalRef: UserName }));
}
