// What Phase's clients look at to tell which server this is, and whether it lives (contracts/phase.md 5).
import { json } from '../answer.ts';
import type { Route } from '../route.ts';
import { openPhaseRoute } from './wire.ts';

export function phaseAliveRoutes(version: string): Route[] {
  return [
    openPhaseRoute('GET', '/', async () => json({ message: 'secrets-action engine', status: 'ok' })),
    openPhaseRoute('GET', '/health/', async () => json({ status: 'alive', version: `v${version}` })),
  ];
}
