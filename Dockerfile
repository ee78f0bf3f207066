# The platform as it runs in production: `docker compose build`, or `docker build -t tcg-platform .`.
# One image for the server, the workers and the migration; docker-compose.yml says which is which.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json medusa-config.ts instrumentation.ts ./
COPY tooling ./tooling
COPY src ./src
RUN npm run build

# What the platform needs at run time: no compiler, no tests, no type declarations, no source maps.
FROM node:22-bookworm-slim AS install
WORKDIR /opt/tcg-platform
COPY --from=build /build/.medusa/server ./
RUN npm ci --omit=dev && npm cache clean --force
RUN find node_modules -type f \( -name "*.map" -o -name "*.d.ts" -o -name "*.d.mts" -o -name "*.d.cts" \) -delete
RUN mkdir static

FROM node:22-bookworm-slim
ENV NODE_ENV=production TZ=UTC MEDUSA_DISABLE_TELEMETRY=true
WORKDIR /opt/tcg-platform
COPY --from=install /opt/tcg-platform ./
# Files that are uploaded in the Admin: the only place that is written to.
RUN chown node:node static
USER node
EXPOSE 9000 9464
# Medusa answers /health in every mode, also in a worker.
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 9000}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "tooling/run.mjs", "start-platform"]
