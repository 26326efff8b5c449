import type { ReactNode } from 'react';

/** A part of the page with its name. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="flex flex-col gap-4">
    <h2 className="border-b border-line pb-1.5 text-base font-semibold text-ink">{title}</h2>
    {children}
  </section>
);

/** What is shown, and what it is. */
export const Specimen = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-w-0 flex-col gap-2">
    <p className="label">{name}</p>
    <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
  </div>
);
