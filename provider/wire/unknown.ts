// The one value that stands for "not known yet" in a plan.

/** Terraform's unknown. There is exactly one; compare with `===`. It never appears in state nor in what apply returns. */
export const UNKNOWN: unique symbol = Symbol('unknown');

export type Unknown = typeof UNKNOWN;
