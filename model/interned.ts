/** Numbers for values: equal JSON, same number. Joint states hold the numbers, so that their keys stay short. */
export interface Interned<Value> {
  idOf(value: Value): number;
  at(id: number): Value;
  count(): number;
}

/** An empty register of values. */
export function createInterned<Value>(): Interned<Value> {
  const ids = new Map<string, number>();
  const values: Value[] = [];
  return {
    idOf(value) {
      const json = JSON.stringify(value);
      const known = ids.get(json);
      if (known !== undefined) return known;
      ids.set(json, values.length);
      values.push(value);
      return values.length - 1;
    },
    at(id) {
      const value = values[id];
      if (value === undefined) throw new Error(`Nothing has the number ${id}`);
      return value;
    },
    count: () => values.length,
  };
}
