# One image for both services: `node dist/api/server.js` (default) and `node dist/worker/worker.js`.
# What the tag points to now: docker buildx imagetools inspect node:24-trixie-slim; docs/security.md says when to look.
FROM node:24-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe
# pg_dump for the nightly backup; setpriv and prlimit (util-linux) and enosys (util-linux-extra) hold the readers of files
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client util-linux util-linux-extra tini \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json /app/package-lock.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
# npm run doctor, backup and restore, as everywhere
COPY --from=build --chown=root:root /app/scripts/run.mjs ./scripts/run.mjs
# the command line, by its name
RUN ln -s /app/dist/cli/vhm24r.js /usr/local/bin/vhm24r
RUN mkdir .data && chown node:node .data
# A program that its user may run and not read has an environment and a memory that no other process of that user reads:
# what a reader that broke out of Node would look for.
RUN chmod 711 "$(readlink -f "$(command -v node)")"
USER node
ENV PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/api/server.js"]
