# pressgen in a container. Build it: docker build --tag pressgen .
# Use it on the workspace in this folder: docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" pressgen build --all
FROM debian:12-slim
COPY . /opt/source
WORKDIR /opt/source
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates python3 && .ci/system \
    && rm -rf /var/lib/apt/lists/*
RUN .ci/environment /opt/pressgen python3 lock/release.txt
# Whoever runs it need not have a home in the container.
ENV HOME=/tmp
WORKDIR /work
ENTRYPOINT ["/opt/pressgen/bin/pressgen"]
CMD ["--help"]
