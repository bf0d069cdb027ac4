// Whether the process lives, and whether it can serve.
import { AppError } from '#core/errors.js';
import { json } from './answer.ts';
import type { Route } from './route.ts';

export function healthRoutes(isReady: () => Promise<boolean>): Route[] {
  return [
    { method: 'GET', path: '/healthz', action: 'open', handleOpen: async () => json({ status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      action: 'open',
      handleOpen: async () => {
        if (await isReady()) return json({ status: 'ready' });
        throw new AppError('ERR_UNAVAILABLE', 'The engine is not ready.');
      },
    },
  ];
}
