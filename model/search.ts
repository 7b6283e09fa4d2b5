/** One transition out of a state. `fact` tells the rules what happened, where the two states do not. */
export interface Successor<State, Fact> {
  readonly label: string;
  readonly state: State;
  readonly fact?: Fact | undefined;
}

export interface Violation {
  readonly rule: string;
  readonly what: string;
}

/** What to explore and what must hold. */
export interface Space<State, Fact> {
  readonly initial: State;
  keyOf(state: State): string;
  successors(state: State): Promise<readonly Successor<State, Fact>[]>;
  /** The rules that a state breaks by itself, or by the transition that led to it. */
  violation(
    state: State,
    step?: { readonly before: State; readonly fact?: Fact | undefined },
  ): Violation | undefined;
  /** From every state one of these must be reachable. */
  isRest(state: State): boolean;
  /** From every state that `isRest`, one of these must be reachable. */
  isEnd(state: State): boolean;
}

export interface Found extends Violation {
  /** The shortest way there, in words. */
  readonly trace: readonly string[];
}

export interface Explored<State> {
  readonly states: readonly State[];
  readonly transitions: number;
  readonly found?: Found | undefined;
}

/** More states than this are a bound that is too wide: said, not waited for. */
const MOST_STATES = 200_000;

/**
 * Breadth first over all states, so that the first violation has the shortest trace. Stops there; without one it also
 * asks, backwards over the explored graph, whether some state is stuck.
 */
export async function explore<State, Fact>(space: Space<State, Fact>): Promise<Explored<State>> {
  const states: State[] = [space.initial];
  const numbers = new Map<string, number>([[space.keyOf(space.initial), 0]]);
  const parents: number[] = [-1];
  const labels: string[] = [''];
  /** From and to, by turns: objects would be half of all memory. */
  const edges: number[] = [];

  const traceTo = (number: number): string[] => {
    const trace: string[] = [];
    for (let at = number; at > 0; at = parents[at] ?? 0) trace.unshift(labels[at] ?? '');
    return trace;
  };

  for (let from = 0; from < states.length; from += 1) {
    const before = states[from] as State;
    for (const { label, state, fact } of await space.successors(before)) {
      const violation = space.violation(state, { before, fact });
      if (violation) {
        return {
          states,
          transitions: edges.length / 2,
          found: { ...violation, trace: [...traceTo(from), label] },
        };
      }
      const key = space.keyOf(state);
      let to = numbers.get(key);
      if (to === undefined) {
        to = states.length;
        if (to >= MOST_STATES) throw new Error(`More than ${MOST_STATES} states: narrow the bounds`);
        numbers.set(key, to);
        states.push(state);
        parents.push(from);
        labels.push(label);
      }
      edges.push(from, to);
    }
  }
  const stuck = stuckState(space, states, edges);
  return {
    states,
    transitions: edges.length / 2,
    ...(stuck && { found: { rule: stuck.rule, what: stuck.what, trace: traceTo(stuck.number) } }),
  };
}

/** The first state from which no rest, or the first rest from which no end, can be reached. */
function stuckState<State, Fact>(
  space: Space<State, Fact>,
  states: readonly State[],
  edges: readonly number[],
): (Violation & { number: number }) | undefined {
  const into = predecessors(states.length, edges);
  const toRest = canReach(states, into, (state) => space.isRest(state));
  const unrested = states.findIndex((_, number) => !toRest[number]);
  if (unrested >= 0) {
    return {
      rule: 'no stuck state',
      what: 'neither an end nor a review can be reached any more',
      number: unrested,
    };
  }
  const toEnd = canReach(states, into, (state) => space.isEnd(state));
  const endless = states.findIndex((state, number) => space.isRest(state) && !toEnd[number]);
  if (endless >= 0) return { rule: 'no stuck state', what: 'a review has no exit', number: endless };
  return undefined;
}

function predecessors(count: number, edges: readonly number[]): readonly number[][] {
  const into = Array.from({ length: count }, (): number[] => []);
  for (let at = 0; at < edges.length; at += 2) into[edges[at + 1] ?? 0]?.push(edges[at] ?? 0);
  return into;
}

function canReach<State>(
  states: readonly State[],
  into: readonly number[][],
  isGoal: (state: State) => boolean,
): readonly boolean[] {
  const reaches = states.map(isGoal);
  const open = states.flatMap((_, number) => (reaches[number] ? [number] : []));
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    for (const before of into[number] ?? []) {
      if (reaches[before]) continue;
      reaches[before] = true;
      open.push(before);
    }
  }
  return reaches;
}
