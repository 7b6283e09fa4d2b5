# One image for worker, gateway, codec server and CLI. Not Alpine: the Temporal SDK needs glibc.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
# The Temporal SDK's core reads the system's certificates.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    PAYOUTS_GATEWAY_HOST=0.0.0.0 \
    PAYOUTS_CODEC_SERVER_HOST=0.0.0.0 \
    PAYOUTS_ACCOUNTS=/etc/payouts/accounts.yaml \
    PAYOUTS_DATA_DIR=/var/lib/payouts
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# What "payouts accounts schema" prints.
COPY --from=build /app/docs/accounts.schema.json ./docs/
RUN chmod +x dist/cli/main.js \
 && ln -s /app/dist/cli/main.js /usr/local/bin/payouts \
 && install -d -o node -g node /var/lib/payouts
USER node
ENTRYPOINT ["payouts"]
CMD ["--help"]
