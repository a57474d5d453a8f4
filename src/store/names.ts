/** Names of what lies in the data folder. */

export const STORE_FILE = 'ofx-sync.db';
export const BACKUP_FOLDER = 'backups';
