import type { FastifyInstance } from 'fastify';

/** The methods that an address has; none for an address that nothing answers at. */
export type MethodsOf = (path: string) => readonly string[];

/** Knows every route that is registered after it. */
export function watchMethods(app: FastifyInstance): MethodsOf {
  const routes = new Map<string, { readonly form: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const form = new RegExp(`^${url.replace(/[.]/g, '\\$&').replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`);
    const route = routes.get(url) ?? { form, methods: new Set<string>() };
    for (const each of [method].flat()) route.methods.add(each);
    routes.set(url, route);
  });
  return (path) => [
    ...new Set([...routes.values()].flatMap(({ form, methods }) => (form.test(path) ? [...methods] : []))),
  ];
}
