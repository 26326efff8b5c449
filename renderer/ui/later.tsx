import type { ComponentType, FunctionComponent, ReactNode } from 'react';
import { createElement, useEffect, useState } from 'react';

interface Meanwhile {
  /** Stands in its place, at its size, until it is there. */
  meanwhile: ReactNode;
}

/** A component that is fetched, and `preload` to fetch it before it is drawn. What goes wrong is said when it is drawn. */
export interface Later<Props> {
  Component: FunctionComponent<Props & Meanwhile>;
  preload: () => void;
}

/**
 * A part of the window that is fetched when it is first drawn. Unlike with React's `lazy`, it is there as soon as it came: what stands in
 * for a suspended part stays for 300 ms. What keeps it from coming is thrown, for the boundary around, and it is asked for again by the
 * next one that is drawn.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;

  function fetchOnce(): Promise<void> {
    loading ??= load().then(
      (component) => void (loaded = component),
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  function Component(props: Props & Meanwhile) {
    const [, setThere] = useState(loaded !== null);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      let gone = false;
      fetchOnce().then(
        () => !gone && setThere(true),
        (error: unknown) => !gone && setFailure({ error }),
      );
      return () => {
        gone = true;
      };
    }, []);
    if (failure !== null) throw failure.error;
    return loaded === null ? props.meanwhile : createElement(loaded, props);
  }

  return { Component, preload: () => void fetchOnce().catch(() => undefined) };
}

/** Runs what can wait, once the window has nothing else to do. */
export function whenIdle(run: () => void): () => void {
  const id = requestIdleCallback(run);
  return () => cancelIdleCallback(id);
}
