import '../styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { DesignSystem } from './design-system.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element to draw in.');
createRoot(root).render(
  <StrictMode>
    <DesignSystem />
  </StrictMode>,
);
