/** Courses of a value over days, simulated here. Floats: they are drawn, not reckoned with. */
export interface Courses {
  /** By day, from today (0) to the end: the share of courses, in percent, that lies below. */
  bands: { p5: number; p25: number; p50: number; p75: number; p95: number }[];
  /** A few of the courses themselves. */
  samples: number[][];
  count: number;
  seed: number;
}

interface CourseOrder {
  /** The value today. */
  start: number;
  /** Simulated end values, ascending. */
  ends: readonly number[];
  days: number;
  seed: number;
}

const MOST_COURSES = 400;
const SAMPLES = 24;
const LONGEST_DAYS = 3_650;

/**
 * Random walks in proportions that begin at the value of today and end where the given end values do (Brownian bridges), each day
 * moving as much as the spread of the ends asks for. The same seed gives the same courses. `null` where no such walk exists: values
 * at or below nought, or no days.
 */
export function simulateCourses({ start, ends, days, seed }: CourseOrder): Courses | null {
  const usable = ends.length > 0 && ends.every((end) => Number.isFinite(end) && end > 0);
  if (!usable || !Number.isFinite(start) || start <= 0) return null;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS) return null;
  const random = seeded(seed);
  const sigma = spread(ends.map(Math.log)) / Math.sqrt(days);
  const count = Math.min(MOST_COURSES, ends.length);
  const courses = Array.from({ length: count }, (_, index) => {
    // Evenly over the sorted ends, so that the courses end as all of them do.
    const end = ends[Math.floor(((index + 0.5) / count) * ends.length)] ?? start;
    return bridge(Math.log(start), Math.log(end), days, sigma, random);
  });
  const bands = Array.from({ length: days + 1 }, (_, day) => {
    const values = courses.map((course) => course[day] ?? start).sort((a, b) => a - b);
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? start;
    return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
  });
  const samples = Array.from(
    { length: Math.min(SAMPLES, count) },
    (_, index) => courses[Math.floor(((index + 0.5) / Math.min(SAMPLES, count)) * count)] ?? [],
  );
  return { bands, samples, count, seed };
}

/** A number from an answer, so that the same answer is drawn the same way again. */
export function seedOf(values: readonly number[], days: number): number {
  let hash = Math.imul(days + 1, 2_654_435_761);
  for (const value of [values[0] ?? 0, values[values.length >> 1] ?? 0, values.at(-1) ?? 0, values.length])
    hash = Math.imul(hash ^ Math.round(value * 100), 1_597_334_677);
  return (hash >>> 0) % 1_000_000;
}

/** A walk of logarithms from one to another in so many steps. */
function bridge(from: number, to: number, days: number, sigma: number, random: () => number): number[] {
  const course = [Math.exp(from)];
  let at = from;
  for (let day = 1; day < days; day += 1) {
    const left = days - day + 1;
    at += (to - at) / left + sigma * Math.sqrt((left - 1) / left) * gaussian(random);
    course.push(Math.exp(at));
  }
  course.push(Math.exp(to));
  return course;
}

/** Standard deviation. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
}

/** Box and Muller. */
const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
