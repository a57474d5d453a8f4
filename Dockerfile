# ofx-sync serve, as a user of its own: /config has accounts.yaml, /data the store, /run/secrets the passwords (file:/run/secrets/NAME).
# The root may be read-only; only /data is written, and /tmp.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/bundle.mjs ./scripts/
COPY src ./src
RUN npm run --silent build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:22-slim
RUN useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin ofx-sync \
  && install --directory --owner 10001 --group 10001 --mode 0700 /data \
  && ln -s /app/dist/bin.cjs /usr/local/bin/ofx-sync
COPY --from=build /app/package.json /app/
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
ENV NODE_ENV=production
ENV HOME=/data
ENV OFX_SYNC_CONFIG=/config/accounts.yaml
ENV OFX_SYNC_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8639
HEALTHCHECK --interval=1m --timeout=10s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8639/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["ofx-sync"]
CMD ["serve", "--listen", "0.0.0.0:8639", "--plain-http", "--public-url", "http://ofx-sync:8639", "--every", "6h"]
