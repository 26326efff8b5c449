const GRAVE = new Set(['high', 'critical']);

/**
 * What `npm audit --json` found for the packages that are in the application. What it could not ask is said and is no failure; tools
 * that only build or test are named and are none either.
 */
export function judgeAudit(output, shipped) {
  const report = parse(output);
  if (report?.vulnerabilities === undefined) {
    const why = report?.message ?? report?.error?.summary ?? 'it gave no answer';
    return {
      failed: false,
      lines: [`not asked: the registry does not answer (${String(why).split(' - ')[0]})`],
    };
  }
  const all = Object.values(report.vulnerabilities);
  const ours = all.filter(({ name }) => shipped.has(name));
  const grave = ours.filter(({ severity }) => GRAVE.has(severity));
  return {
    failed: grave.length > 0,
    lines: [
      ...grave.map(({ name, range, severity, via }) =>
        `${severity}: ${name} ${range} ${titlesOf(via)}`.trim(),
      ),
      `${ours.length} known in what is shipped, ${grave.length} of them high or critical; ${all.length - ours.length} in tools`,
    ],
  };
}

const titlesOf = (via = []) =>
  via.flatMap((one) => (typeof one === 'object' && one !== null ? [one.title] : [])).join('; ');

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
