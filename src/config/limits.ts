/** The highest numbers that `defaults` in accounts.yaml and the options of a sync take. */
export const MOST = { concurrency: 200, perInstitution: 100, retries: 10 } as const;
