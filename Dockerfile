# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The projects first: packages are restored anew only when one of these changes.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ ./src/
COPY seeds/ ./seeds/
# There is no Git history in here to take the version from: --build-arg VERSION=1.2.3
ARG VERSION=0.0.0-unknown
RUN dotnet publish src/Personalization.App -c Release -o /app -p:UseAppHost=false -p:Version=$VERSION -p:ContinuousIntegrationBuild=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY LICENSE THIRD-PARTY-NOTICES.md ./
# The base image brings the unprivileged user `app`.
RUN mkdir /data && chown app:app /data
USER app
ENV DataDirectory=/data Urls=http://+:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["dotnet", "Personalization.App.dll", "--check-health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "Personalization.App.dll"]
