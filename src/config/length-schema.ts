/** Lengths of time as zod schemas, with messages in two parts: what is wrong and, after a line break, what to write instead. */

import { z } from 'zod';
import {
  LENGTH_PATTERNS,
  type LengthKind,
  LONGEST_DAYS,
  LONGEST_DURATION_MS,
  lengthComplaint,
  parseDays,
  parseDuration,
} from './length.js';

/** A message in two parts. */
export const says = (message: string, suggestion: string) => `${message}\n${suggestion}`;

const length = (kind: LengthKind) => {
  const error = ({ input }: { input?: unknown }) => {
    if (input === undefined) return undefined;
    const { message, suggestion } = lengthComplaint(input, kind);
    return says(message, suggestion);
  };
  return z.string({ error }).regex(LENGTH_PATTERNS[kind], { error, abort: true });
};

export const days = (least: number) =>
  length('days').refine((text) => parseDays(text) >= least && parseDays(text) <= LONGEST_DAYS, {
    error: says('out of range', `from ${least}d to ${LONGEST_DAYS}d`),
    abort: true,
  });

export const duration = () =>
  length('duration').refine((text) => parseDuration(text) > 0 && parseDuration(text) <= LONGEST_DURATION_MS, {
    error: says('out of range', 'more than 0s, at most 24h'),
    abort: true,
  });

export const age = () =>
  length('age').refine((text) => parseDuration(text) > 0 && parseDuration(text) <= LONGEST_DAYS * 86_400_000, {
    error: says('out of range', `more than 0s, at most ${LONGEST_DAYS}d`),
    abort: true,
  });
