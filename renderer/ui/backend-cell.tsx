import { BackendTag } from './backend-tag.tsx';

/** A backend in a table cell: a long name gives way, the PRACTICE mark never does. */
export const BackendCell = ({ backendId }: { backendId: string }) => (
  <span className="flex min-w-0">
    <BackendTag backendId={backendId} />
  </span>
);
