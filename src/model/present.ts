/** Objects whose keys may be absent: under `exactOptionalPropertyTypes` an absent key is not one that holds `undefined`. */

type Required<Values> = { [Key in keyof Values as undefined extends Values[Key] ? never : Key]: Values[Key] };
type Optional<Values> = {
  [Key in keyof Values as undefined extends Values[Key] ? Key : never]?: Exclude<Values[Key], undefined>;
};

/** The same object, where every key that may hold `undefined` is optional instead. */
export type Present<Values> = Required<Values> & Optional<Values>;

/** Returns the object without the keys whose value is `undefined`. */
export function present<Values extends object>(values: Values): Present<Values>;
export function present(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
