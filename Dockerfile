# syntax=docker/dockerfile:1
# Build and restore run on the builder's own platform; only the published output is for the target's.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ARG TARGETARCH
# Whether it runs on Discord.Net, from nuget.org, or on our own client.
ARG DISCORD_NET=true
ENV DiscordNet=$DISCORD_NET
# Whether it brings an image encoder, 64 MB.
ARG ENCODER=true
ENV Encoder=$ENCODER

# Project and lock files alone: this layer, which downloads the packages, is reused until one of them changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Personalization/Personalization.csproj src/Personalization/packages.lock.json src/Personalization/
COPY src/Personalization.App/Personalization.App.csproj src/Personalization.App/packages.lock.json src/Personalization.App/
COPY src/Personalization.Backends/Personalization.Backends.csproj src/Personalization.Backends/packages.lock.json src/Personalization.Backends/
COPY src/Personalization.Discord/Personalization.Discord.csproj src/Personalization.Discord/packages.lock.json src/Personalization.Discord/
COPY src/Personalization.DiscordClient/Personalization.DiscordClient.csproj src/Personalization.DiscordClient/packages.lock.json src/Personalization.DiscordClient/
COPY src/Personalization.DiscordNet/Personalization.DiscordNet.csproj src/Personalization.DiscordNet/
COPY src/Personalization.Encoder/Personalization.Encoder.csproj src/Personalization.Encoder/packages.lock.json src/Personalization.Encoder/
COPY src/Personalization.Imaging/Personalization.Imaging.csproj src/Personalization.Imaging/packages.lock.json src/Personalization.Imaging/
COPY src/Personalization.Painter/Personalization.Painter.csproj src/Personalization.Painter/packages.lock.json src/Personalization.Painter/
COPY src/Personalization.Playground/Personalization.Playground.csproj src/Personalization.Playground/packages.lock.json src/Personalization.Playground/
COPY src/Personalization.Storage/Personalization.Storage.csproj src/Personalization.Storage/packages.lock.json src/Personalization.Storage/
COPY src/Personalization.Storage.Postgres/Personalization.Storage.Postgres.csproj src/Personalization.Storage.Postgres/packages.lock.json src/Personalization.Storage.Postgres/
COPY src/Personalization.Storage.Sqlite/Personalization.Storage.Sqlite.csproj src/Personalization.Storage.Sqlite/packages.lock.json src/Personalization.Storage.Sqlite/
# Compiled ahead of time: a start takes a third less processor time. CI=true: our own client's packages are those of the lock files.
RUN CI=true dotnet restore src/Personalization.App -a $TARGETARCH -p:PublishReadyToRun=true

COPY BannedSymbols.txt .editorconfig ./
COPY src/ src/
COPY seeds/ seeds/
# There is no Git history in here to take the version from: --build-arg VERSION=1.2.3
ARG VERSION=0.0.0-unknown
RUN dotnet publish src/Personalization.App -a $TARGETARCH -c Release --no-restore -o /app -p:UseAppHost=false -p:Version=$VERSION -p:PublishReadyToRun=true -p:ContinuousIntegrationBuild=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY LICENSE THIRD-PARTY-NOTICES.md ./
# The base image brings the unprivileged user `app`.
RUN mkdir -m 700 /data && chown app:app /data
USER app
ENV DataDirectory=/data Urls=http://+:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["dotnet", "Personalization.App.dll", "check-health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "Personalization.App.dll"]
