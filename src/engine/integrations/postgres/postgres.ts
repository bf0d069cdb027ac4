// The integration type `postgres`: leases login roles that are members of group roles.
import type { Declared, Integration, Target } from '../integration.ts';
import { createRole } from './create.ts';
import { extendRole } from './extend.ts';
import { postgresFault } from './faults.ts';
import { listRoles } from './list.ts';
import { revokeRole } from './revoke.ts';
import { roleName } from './role-name.ts';
import type { Opening } from './session.ts';
import { connectionOf } from './session.ts';
import {
  aboveCeiling,
  checkCeiling,
  checkData,
  checkParameters,
  planRole,
  readConnection,
  type RolePlan,
} from './settings.ts';
import type { Sql } from './sql.ts';

/** @param now the engine's clock, the one that expiries and deadlines are given in */
export function createPostgresIntegration({ sql, now }: { sql: Sql; now: () => number }): Integration {
  const opening = ({ plan, data }: Target, signal: AbortSignal): { plan: RolePlan; opening: Opening } => {
    const rolePlan = readPlan(plan);
    return { plan: rolePlan, opening: { sql, now, signal, target: connectionOf(readConnection(data), rolePlan) } };
  };
  return {
    type: 'postgres',
    kinds: ['postgres'],
    checkData,
    checkCeiling,
    checkParameters: (_kind, parameters) => checkParameters(parameters),
    aboveCeiling,
    plan: ({ leaseId, engineId, data, parameters }) => {
      const externalRef = roleName(engineId, leaseId);
      return { externalRef, plan: planRole(externalRef, data, parameters) };
    },
    create: async (request, signal) => {
      const on = opening(request, signal);
      return createRole(on.opening, { ...request, plan: on.plan });
    },
    revoke: async (target, signal) => {
      const on = opening(target, signal);
      return revokeRole(on.opening, on.plan);
    },
    extend: async (request, signal) => {
      const on = opening(request, signal);
      await extendRole(on.opening, on.plan, request.expiresAt);
    },
    list: ({ engineId, data }, signal) => {
      const target = readConnection(data);
      return listRoles({ sql, now, signal, target }, engineId).catch((error: unknown) => {
        throw postgresFault(error, target, 'connect');
      });
    },
  };
}

/** Plans come back from our own seal, so that their shape is the one that `planRole` gave them. */
function readPlan(plan: Declared): RolePlan {
  return plan as unknown as RolePlan;
}
