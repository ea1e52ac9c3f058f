# The service:                  docker build -t zoom-group-sync .
# The stand-in of the sandbox:  docker build -t zoom-stand-in --target zoom-stand-in .
# Both need BuildKit. Where Maven reads from a mirror: --secret id=maven-settings,src=$HOME/.m2/settings.xml
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# By itself, so that a change of the source does not download the libraries again.
COPY .mvn .mvn
COPY pom.xml .
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q dependency:go-offline
COPY LICENSE application.properties .
# The file ships inside the jar, and every user of the image can read it. A key with a backslash may be any key.
RUN if grep -qiE '^[[:space:]]*([^#![:space:]=:][^[:space:]=:]*)?(secret|token|password|jaas[-.]?config|key)]?([[:space:]]|[=:])+[^[:space:]=:]|^[[:space:]]*[^#![:space:]=:]*\\' application.properties; \
    then echo 'application.properties holds a secret; set it in the environment instead' >&2; exit 1; fi
COPY routes routes
COPY src src
# Tests and format belong to mvn verify.
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp package -Dmaven.test.skip -Dspotless.check.skip -Dassembly.skipAssembly=true

FROM build AS build-stand-in
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q test-compile -Dspotless.check.skip dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/test-lib

FROM ${RUNTIME_IMAGE} AS zoom-stand-in
ENV LANG=C.UTF-8
WORKDIR /app
COPY --from=build-stand-in /src/target/test-lib lib/
COPY --from=build-stand-in /src/target/test-classes/groupsync/sandbox classes/groupsync/sandbox/
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/classes:/app/lib/*", "groupsync.sandbox.ZoomStandInServer"]

# A worker of Kafka Connect with Debezium's connector, for the example of docs/debezium.md.
FROM build AS build-hr-connect
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q -Psources test-compile -Dspotless.check.skip dependency:copy-dependencies -DincludeScope=test \
    -DexcludeGroupIds=io.zonky.test.postgres -DoutputDirectory=target/connect-lib

FROM ${RUNTIME_IMAGE} AS hr-connect
ENV LANG=C.UTF-8
WORKDIR /app
COPY --from=build-hr-connect /src/target/connect-lib lib/
COPY --from=build-hr-connect /src/target/test-classes/org classes/org/
COPY examples/hr/connect.properties examples/hr/debezium.json ./
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Dorg.apache.logging.log4j.level=WARN", "-cp", "/app/classes:/app/lib/*", "org.apache.kafka.connect.cli.ConnectStandalone", "connect.properties", "debezium.json"]

FROM ${RUNTIME_IMAGE} AS files
# Java 17 takes its charset from here, and a base image may leave it at ASCII.
ENV LANG=C.UTF-8
# Also where an application.properties of one's own can be mounted.
WORKDIR /app
# The libraries first: they change less often than the service, and their layer is then kept.
COPY --from=build /src/target/lib lib/
# Off, until JAVA_TOOL_OPTIONS=-javaagent:/app/opentelemetry-javaagent.jar switches it on (docs/traces.md).
COPY --from=build /src/target/opentelemetry-javaagent.jar .
COPY --from=build /src/target/zoom-group-sync.jar .

# The class-data archive has the classes of a start in the form of the JVM's memory. It fits only this JVM and these jars.
FROM files AS class-data
WORKDIR /class-data
# A start loads its classes without Kafka and Zoom: nothing listens at port 1. The service ends by itself after 10 s.
RUN ["java", "-XX:ArchiveClassesAtExit=zoom-group-sync.jsa", "-Xlog:cds*=error", "-Dkafka.brokers=127.0.0.1:1", \
     "-Dzoom.api-url=https://127.0.0.1:1/v2", "-Dzoom.access-token=none", "-Dmanagement.port=0", \
     "-Dcamel.main.duration-max-seconds=10", "-jar", "/app/zoom-group-sync.jar"]

# Last, so that it is what a build without a target makes.
FROM files AS service
COPY --from=class-data /class-data ./
COPY LICENSE .
# The shipped filters for events.mapping (docs/mapping.md).
COPY mappings mappings/
# With the agent, dead letters and replayed updates keep their headers byte for byte all the same.
ENV OTEL_INSTRUMENTATION_KAFKA_PRODUCER_PROPAGATION_ENABLED=false
# All addresses of the container's own network, so that its health can be read. Publishing the port opens it to others.
ENV MANAGEMENT_ADDRESS=0.0.0.0
# A number, which Kubernetes can tell from root; nothing in /app belongs to it, so nothing there can be changed.
USER 10001:10001
EXPOSE 9876
# Without a shell in between, SIGTERM reaches the service. Give it 30 s to finish what is in flight: docker stop -t 35.
# A quarter for the heap: the service needs no more (docs/benchmark.md), and classes, threads and buffers need as much again.
# The quick compiler alone: it has everything compiled in the first seconds, in less memory. What it makes is fast enough.
# No statistics in a file for jps and jstat, which the image does not have: the JVM would write them 20 times a second.
# Out of memory, it ends: what was not done is not committed and comes again.
# The JVM ignores a class-data archive that is missing or does not fit. It would say so in the midst of the log lines.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", "-XX:SharedArchiveFile=/app/zoom-group-sync.jsa", "-Xlog:cds*=off", "-jar", "/app/zoom-group-sync.jar"]
# At the end, since they change with each build.
ARG VERSION=1.0.0
ARG REVISION
LABEL org.opencontainers.image.title="zoom-group-sync" \
      org.opencontainers.image.description="Brings group changes from Kafka to Zoom, in order, within the rate limit, with an outcome for each" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.url="https://github.com/zoom-group-sync/zoom-group-sync" \
      org.opencontainers.image.source="https://github.com/zoom-group-sync/zoom-group-sync" \
      org.opencontainers.image.documentation="https://github.com/zoom-group-sync/zoom-group-sync#readme" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
