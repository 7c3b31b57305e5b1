# Millrace in a container. Its ports can be reached from elsewhere, so that signatures are verified: the first
# start prints the root credential.
#
#   docker build --tag millrace .
#   docker run --publish 4566:4566 --publish 5439:5439 --volume millrace:/data millrace

FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts && npm run build
# What runs in the end: the dependencies of the package alone, in the versions of the lock file.
RUN npm ci --ignore-scripts --omit=dev --workspace packages/millrace --include-workspace-root=false

FROM node:24-slim
WORKDIR /app
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/packages/millrace packages/millrace
ENV NODE_ENV=production \
    MILLRACE_HOST=0.0.0.0 \
    MILLRACE_AUTH=verify \
    MILLRACE_DATA=/data
# 1000 is the user `node` of the image.
RUN install --directory --owner=1000 --group=1000 --mode=0700 /data
USER 1000
VOLUME /data
EXPOSE 4566 5439
HEALTHCHECK --interval=10s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:4566/_millrace/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not a shell: Millrace itself gets the signal that asks it to end.
ENTRYPOINT ["node", "packages/millrace/dist/cli/main.js"]
CMD ["start"]
