/** Lengths of time as zod schemas. */

import { z } from 'zod';
import {
  LENGTH_PATTERNS,
  type LengthKind,
  lengthComplaint,
  MAX_DAYS,
  MAX_DURATION_MS,
  parseDays,
  parseDuration,
} from './length.js';

/** Joins a message of the schema and, after a line break, the suggestion of what to write instead. */
export const withSuggestion = (message: string, suggestion: string) => `${message}\n${suggestion}`;

const length = (kind: LengthKind) => {
  const error = ({ input }: { input?: unknown }) => {
    if (input === undefined) return undefined;
    const { message, suggestion } = lengthComplaint(input, kind);
    return withSuggestion(message, suggestion);
  };
  return z.string({ error }).regex(LENGTH_PATTERNS[kind], { error, abort: true });
};

export const days = (least: number) =>
  length('days').refine((text) => parseDays(text) >= least && parseDays(text) <= MAX_DAYS, {
    error: withSuggestion('out of range', `from ${least}d to ${MAX_DAYS}d`),
    abort: true,
  });

export const duration = () =>
  length('duration').refine((text) => parseDuration(text) > 0 && parseDuration(text) <= MAX_DURATION_MS, {
    error: withSuggestion('out of range', 'more than 0s, at most 24h'),
    abort: true,
  });

export const age = () =>
  length('age').refine((text) => parseDuration(text) > 0 && parseDuration(text) <= MAX_DAYS * 86_400_000, {
    error: withSuggestion('out of range', `more than 0s, at most ${MAX_DAYS}d`),
    abort: true,
  });
