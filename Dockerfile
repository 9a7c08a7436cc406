# The API as a container: built from the sources, run without privileges.
# Checked by a test against the routes and options of the code; not built by ./dev.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY core/ core/
COPY api/ api/
RUN dotnet restore api/QualityIngest.Api.csproj --locked-mode \
 && dotnet publish api/QualityIngest.Api.csproj --configuration Release --no-restore --output /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
 && apt-get install --yes --no-install-recommends curl libsndfile1 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .

ENV ASPNETCORE_URLS=http://0.0.0.0:8080 \
    Data__Directory=/data
VOLUME /data
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health/live"]
ENTRYPOINT ["dotnet", "QualityIngest.Api.dll"]
