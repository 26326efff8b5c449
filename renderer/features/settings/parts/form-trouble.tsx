import { TriangleAlert } from 'lucide-react';

/** Why what was asked of a form could not be done. */
export const FormTrouble = ({ words }: { words: string }) => (
  <p
    role="alert"
    className="selectable flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger"
  >
    <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0" /> {words}
  </p>
);
