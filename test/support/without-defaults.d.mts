export function withoutDefaults(value: unknown): unknown;
