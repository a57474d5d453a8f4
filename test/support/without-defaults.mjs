/**
 * A value as JSON without what says nothing (`null`, `false`, empty lists), so that an expected file shows what a fixture is
 * about. Both sides of a comparison go through it; a field that is missing and one that is null are told apart elsewhere.
 */
export function withoutDefaults(value) {
  const plain = JSON.parse(JSON.stringify(value));
  return trimmed(plain);
}

function trimmed(value) {
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, trimmed(inner)])
      .filter(([, inner]) => inner !== null && inner !== false && !(Array.isArray(inner) && inner.length === 0)),
  );
}
