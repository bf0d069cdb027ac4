// Tags of the workplace and of projects as they cross the wire (Doppler's reference, 2026-10: Tags, Project Tags).
import * as z from 'zod/mini';
import { iso } from '#core/clock.js';
import { identifier, name } from './requests.ts';

const COLORS = ['gray', 'purple', 'blue', 'green', 'yellow', 'orange', 'red', 'pink'] as const;
const color = z.enum(COLORS);

export const tagQuery = z.object({ tag: name });
export const newTag = z.pipe(
  z.object({ name, color: z.nullish(color), slug: identifier }),
  z.transform((body) => ({ ...body, color: body.color ?? 'gray' })),
);
/** At least one of the two. */
export const tagUpdate = z.pipe(
  z
    .object({ tag: name, name: identifier, color: z.nullish(color) })
    .check(z.refine((body) => body.name !== undefined || body.color != null, { path: ['name'] })),
  z.transform((body) => ({ tag: body.tag, change: { name: body.name, color: body.color ?? undefined } })),
);
export const projectTag = z.object({ project: identifier, tag: name });

/** One tag. */
export function tagAnswer(tag: { slug: string; name: string; color: string; createdAt: number }) {
  const { slug, name: called, color: painted, createdAt } = tag;
  return { slug, name: called, color: painted, created_at: iso(createdAt) };
}
