// /metrics: to this machine alone, or at an address of its own, where nothing else is to be had.
import { inCidr } from '../address.ts';
import { METRICS_TYPE } from '../metrics.ts';
import { text } from './answer.ts';
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
export function metricsFetch(render: RenderMetrics): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' || new URL(request.url).pathname !== '/metrics') {
      return new Response('Only GET /metrics is here.\n', { status: 404, headers: { 'content-type': 'text/plain' } });
    }
    return new Response(await render(), { headers: { 'content-type': METRICS_TYPE } });
  };
}
