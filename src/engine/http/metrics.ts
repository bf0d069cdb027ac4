// /metrics: to this machine alone, or at an address of its own, where nothing else is to be had.
import { inCidr } from '../address.ts';
import { METRICS_TYPE } from '../metrics.ts';
import { type Handle, text, withType } from './answer.ts';
import { httpProblem } from './problem.ts';
import type { Route } from './route.ts';

export type RenderMetrics = () => Promise<string>;

const LOOPBACK = ['127.0.0.0/8', '::1/128', '::ffff:127.0.0.0/104'];

/** Behind a proxy everybody comes from where the proxy is, so then it is not here at all (design.md §5, Listening). */
export function metricsRoutes(render: RenderMetrics, proxies: readonly string[]): Route[] {
  return [
    {
      method: 'GET',
      path: '/metrics',
      action: 'open',
      handleOpen: async ({ origin }) => {
        const isHere = proxies.length === 0 && LOOPBACK.some((block) => inCidr(origin.ip, block));
        return isHere ? text(await render(), METRICS_TYPE) : httpProblem('notFound');
      },
    },
  ];
}

/** For a listener that serves nothing but this. */
export function metricsHandle(render: RenderMetrics): Handle {
  return async ({ method, url }) => {
    const isHere = method === 'GET' && url.pathname === '/metrics';
    if (!isHere) return withType({ ...text('Only GET /metrics is here.\n', 'text/plain'), status: 404 });
    const rendered = await render().catch(() => undefined);
    if (rendered !== undefined) return withType(text(rendered, METRICS_TYPE));
    return withType({ ...text('The store cannot be asked.\n', 'text/plain'), status: 503 });
  };
}
