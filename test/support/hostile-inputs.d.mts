export function hostileInputs(size: number): Readonly<Record<string, () => string>>;
