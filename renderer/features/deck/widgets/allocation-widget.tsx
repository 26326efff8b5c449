import { AllocationPanel } from '../../portfolio/allocation-panel.tsx';
import { useScopes } from '../../portfolio/scope.ts';

/** The ring of the portfolio: of real money where there is some, else of practice money. */
export function AllocationWidget() {
  const scopes = useScopes();
  return <AllocationPanel scope={scopes.real.length > 0 ? 'real' : 'practice'} className="overflow-y-auto" />;
}
