// The token that this step asks with: the one it was given, or one of minutes that it signs in for.
import type { Session, SessionTools, SignInPlan } from './identity.ts';
import type { Credential } from './inputs/place.ts';

export type SessionPlan = Omit<SignInPlan, 'identity'> & { readonly credential: Credential };

/** Every token is masked before it is used. @throws AppError when signing in fails */
export async function openSession(tools: SessionTools, plan: SessionPlan): Promise<Session> {
  const { credential, ...rest } = plan;
  if ('token' in credential) {
    const text = credential.token.reveal();
    // Of a Phase token, which is longer than that part, one goes over the wire by itself.
    const parts = text.length < 64 ? [] : (text.match(/\b[\da-f]{64}\b/gi) ?? []);
    tools.runner.mask([text, ...parts]);
    return { token: credential.token, end: async () => '' };
  }
  const { signIn } = await import('./identity.ts');
  return signIn(tools, { ...rest, identity: credential });
}
